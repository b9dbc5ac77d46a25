import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { advice } from '../precondition.js'
import { HARDENED, podWith } from './example-pod.js'
import { judgePod } from './judge-pod.js'

export const podHostProcess = defineCheck({
  id: 'pod-host-process',
  title: 'A Windows container runs as a process of the host',
  severity: 'critical',
  because: 'a host process has every right of the account that it runs as on the node',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'HostProcess containers are not contained: they see the whole file system and network of the Windows node.',
  references: [podSecurity('HostProcess')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['windowsHostProcess'],
      reads: [
        { of: 'container', path: ['securityContext', 'windowsOptions', 'hostProcess'], type: 'boolean' },
        { of: 'pod', path: ['securityContext', 'windowsOptions', 'hostProcess'], type: 'boolean' },
      ],
      severity: 'critical',
      judge: (place) => ({
        message:
          place.container === undefined
            ? 'the whole pod runs as host processes'
            : `container \`${place.container}\` is a host process`,
        fix: advice(
          'Run the program in an ordinary Windows container; keep host processes for node agents, in a namespace of their own.',
        ),
      }),
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  windowsOptions:\n    hostProcess: true`),
    good: podWith(HARDENED),
  },
})
