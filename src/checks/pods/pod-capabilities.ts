import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { BASELINE_CAPABILITIES, type ViolationPlace } from '../../kube/index.js'
import { advice } from '../precondition.js'
import { changePod, keepMembers } from './change-pod.js'
import { judgePod, type PodFault } from './judge-pod.js'
import { inWords, type Severity } from '../../model/index.js'

const CRITICAL = /^(?:CAP_)?(?:SYS_ADMIN|SYS_MODULE|SYS_RAWIO|ALL)$/i
const HIGH =
  /^(?:CAP_)?(?:SYS_PTRACE|DAC_READ_SEARCH|BPF|PERFMON|NET_ADMIN|SYS_BOOT|SYS_TIME|MAC_ADMIN|MAC_OVERRIDE)$/i

/** Source: capabilities(7), by what each allows on the host. */
function severityOf(name: string): Severity {
  if (CRITICAL.test(name)) return 'critical'
  return HIGH.test(name) ? 'high' : 'medium'
}

/** Members of the default set that are asked for by name; restricted allows NET_BIND_SERVICE alone. */
function givenBack({ path, value, container }: ViolationPlace, name: string): PodFault | undefined {
  if (path.at(-1) === 'drop' || typeof value !== 'string' || !BASELINE_CAPABILITIES.has(value))
    return undefined
  return {
    message: `container \`${container ?? ''}\` adds ${name}`,
    named: name,
    severity: 'low',
    because: `${name} is one of the default set: a small part of root`,
    fix: advice(`Take ${name} out of capabilities.add where the program does not use it.`, {
      breaks: `what the program does with ${name}`,
    }),
  }
}

export const podCapabilities = defineCheck({
  id: 'pod-capabilities',
  title: 'A container adds capabilities',
  severity: 'medium',
  because:
    'by name: SYS_ADMIN, SYS_MODULE, SYS_RAWIO or ALL is root on the node, NET_RAW lets a pod pose as its neighbours; low for those of the default set',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Each capability is a part of root. Some are the whole of it: whoever takes the container takes the node.',
  references: [cis('5.2.8'), cis('5.2.9'), podSecurity('Capabilities')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['capabilities_baseline', 'capabilities_restricted'],
      reads: [{ of: 'container', path: ['securityContext', 'capabilities', 'add', '*'], type: 'string' }],
      severity: 'medium',
      judge: (place, subject, control) => {
        const name = inWords(place.value)
        if (control === 'capabilities_restricted') return givenBack(place, name)
        const severity = severityOf(name)
        return {
          message: `container \`${place.container ?? ''}\` adds ${name}`,
          named: name,
          severity,
          because: `what ${name} allows`,
          fix: changePod(subject, {
            ...keepMembers(
              subject,
              place.path.slice(0, -1),
              (member) => typeof member !== 'string' || BASELINE_CAPABILITIES.has(member),
            ),
            text: `Take ${name} out of capabilities.add.`,
            breaks: `what the program does with ${name}`,
          }),
        }
      },
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  capabilities:\n    add: [SYS_ADMIN]`),
    good: podWith(HARDENED),
  },
})
