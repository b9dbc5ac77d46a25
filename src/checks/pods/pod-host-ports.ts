import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { podWith } from './example-pod.js'
import { absolute, changePod, judgePod } from './judge-pod.js'

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
      reads: [{ of: 'container', path: ['ports'], type: 'list' }],
      severity: 'medium',
      judge: (place, subject) => ({
        message: `container \`${place.container ?? ''}\` takes port ${inWords(place.value)} of the node`,
        fix: {
          ...changePod(
            subject,
            'remove',
            absolute(subject, place.path),
            null,
            `Remove hostPort ${inWords(place.value)}; reach the pod through a Service.`,
            'clients that use the port of the node',
          ),
          risk: 'traffic' as const,
        },
      }),
    })
  },
  examples: {
    bad: podWith(`ports:\n  - containerPort: 8080\n    hostPort: 8080`),
    good: podWith(
      `securityContext:\n  allowPrivilegeEscalation: false\n  runAsNonRoot: true\n  runAsUser: 1000\n  capabilities:\n    drop: [ALL]\n  seccompProfile:\n    type: RuntimeDefault`,
    ),
  },
})
