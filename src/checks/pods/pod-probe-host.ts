import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'

/** Whatever the kubelet calls by itself. */
const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
]

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
      reads: HANDLERS.flatMap((handler) =>
        ['httpGet', 'tcpSocket'].map((kind) => ({
          of: 'container' as const,
          path: [...handler, kind, 'host'],
          type: 'string' as const,
        })),
      ),
      severity: 'medium',
      judge: (place, subject) => ({
        message: `container \`${place.container ?? ''}\`: ${String(place.path.at(-3))} asks host \`${inWords(place.value)}\``,
        fix: changePod(subject, {
          op: 'remove',
          path: place.path,
          text: 'Remove the host: probes ask the pod itself.',
          breaks: 'a program that listens on loopback of the node alone',
        }),
      }),
    })
  },
  examples: {
    bad: podWith(`livenessProbe:\n  httpGet:\n    host: 169.254.169.254\n    path: /\n    port: 80`),
    good: podWith(HARDENED),
  },
})
