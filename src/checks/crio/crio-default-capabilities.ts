import { asStrings, type Severity } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { crioWith } from './example-crio.js'
import { judgeCrio } from './judge-crio.js'

/** What CRI-O gives by itself. Source: cri-o v1.33 internal/config/capabilities/capabilities_linux.go, Default. */
const DEFAULT = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'KILL',
]

const TOTAL =
  /^(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_RAWIO|SYS_PTRACE|DAC_READ_SEARCH|BPF|PERFMON|NET_ADMIN|SYS_BOOT|SYS_TIME)$/

export const crioDefaultCapabilities = defineCheck({
  id: 'crio-default-capabilities',
  title: 'CRI-O gives all containers more capabilities than it would by itself',
  severity: 'medium',
  because:
    'every container of the node has them without asking, past admission; high for those that lead to the host',
  reach: 'pod',
  appliesTo: 'crio',
  why: '`default_capabilities` is what every container starts with. Admission sees only what pods add to it.',
  references: ['https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md'],
  evaluate(subject, report) {
    judgeCrio(subject, report, 'default_capabilities', (value) => {
      const more = asStrings(value)
        .map((name) => name.toUpperCase().replace(/^CAP_/, ''))
        .filter((name) => !DEFAULT.includes(name))
      if (more.length === 0) return undefined
      const severity: Severity = more.some((name) => TOTAL.test(name)) ? 'high' : 'medium'
      return {
        severity,
        seen: `\`default_capabilities\` holds \`${more.join('`, `')}\``,
        message: `every container of this node has ${more.join(', ')}`,
        line: `default_capabilities = [${DEFAULT.map((name) => JSON.stringify(name)).join(', ')}]`,
        breaks:
          'containers that rely on them (`ping` on NET_RAW); pods name under `capabilities.add` what they need',
      }
    })
  },
  examples: {
    bad: crioWith('default_capabilities = ["CHOWN", "NET_RAW"]'),
    good: crioWith('default_capabilities = ["CHOWN", "KILL"]'),
  },
})
