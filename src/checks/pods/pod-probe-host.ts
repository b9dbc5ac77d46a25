import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { podWith } from './example-pod.js'
import { absolute, changePod, judgePod } from './judge-pod.js'

export const podProbeHost = defineCheck({
  id: 'pod-probe-host',
  title: 'A probe makes the kubelet call another host',
  severity: 'medium',
  because: 'whoever may create pods makes every node send requests to places that pods cannot reach',
  reach: 'user',
  appliesTo: 'workload',
  why: 'The kubelet runs probes from the network of the node: a host in a probe reaches loopback services, metadata addresses and networks that policies close to pods.',
  references: [podSecurity('Host Probes / Lifecycle Hooks')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['hostProbesAndHostLifecycle'],
      reads: [
        { of: 'container', path: ['livenessProbe', 'httpGet', 'host'], type: 'string' },
        { of: 'container', path: ['livenessProbe', 'tcpSocket', 'host'], type: 'string' },
        { of: 'container', path: ['readinessProbe', 'httpGet', 'host'], type: 'string' },
        { of: 'container', path: ['readinessProbe', 'tcpSocket', 'host'], type: 'string' },
        { of: 'container', path: ['startupProbe', 'httpGet', 'host'], type: 'string' },
        { of: 'container', path: ['startupProbe', 'tcpSocket', 'host'], type: 'string' },
      ],
      severity: 'medium',
      judge: (place, subject) => ({
        message: `container \`${place.container ?? ''}\`: ${String(place.path.at(-3))} asks host \`${inWords(place.value)}\``,
        fix: changePod(
          subject,
          'remove',
          absolute(subject, place.path),
          null,
          'Remove the host: probes ask the pod itself.',
          'a program that listens on loopback of the node alone',
        ),
      }),
    })
  },
  examples: {
    bad: podWith(`livenessProbe:\n  httpGet:\n    host: 169.254.169.254\n    path: /\n    port: 80`),
    good: podWith(
      `securityContext:\n  allowPrivilegeEscalation: false\n  runAsNonRoot: true\n  runAsUser: 1000\n  capabilities:\n    drop: [ALL]\n  seccompProfile:\n    type: RuntimeDefault`,
    ),
  },
})
