import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { CONTROL_PORTS } from './control-ports.js'
import { judgePod } from './judge-pod.js'

export const podHostPorts = defineCheck({
  id: 'pod-host-ports',
  title: 'A container takes a port of its node',
  severity: 'medium',
  because: 'the port is reached past Services and network policies',
  reach: 'unauthenticated',
  appliesTo: 'workload',
  why: 'A hostPort opens the pod on the address of the node, where network policies of many CNIs do not look.',
  references: [cis('5.2.12'), podSecurity('Host Ports')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['hostPorts'],
      reads: [{ of: 'container', path: ['ports', '*', 'hostPort'], type: 'number' }],
      severity: 'medium',
      judge(place, subject) {
        // pod-host-network-service-port speaks for these.
        if (subject.template.spec.hostNetwork === true && CONTROL_PORTS.has(Number(place.value)))
          return undefined
        const port = inWords(place.value)
        return {
          message: `container \`${place.container ?? ''}\` takes port ${port} of the node`,
          named: port,
          fix: {
            ...changePod(subject, {
              op: 'remove',
              path: place.path,
              text: `Remove hostPort ${port}; reach the pod through a Service.`,
              breaks: 'clients that use the port of the node',
            }),
            risk: 'traffic' as const,
          },
        }
      },
    })
  },
  examples: {
    bad: podWith(`ports:\n  - containerPort: 8080\n    hostPort: 8080`),
    good: podWith(HARDENED),
  },
})
