import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'

export const podApparmor = defineCheck({
  id: 'pod-apparmor',
  title: 'A container runs without an AppArmor profile',
  severity: 'medium',
  because: 'a barrier between container and host is off; it exists only on hosts with AppArmor',
  reach: 'pod',
  appliesTo: 'workload',
  why: "The runtime's AppArmor profile keeps a container from mounting, tracing and writing to kernel files.",
  references: [podSecurity('AppArmor')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['appArmorProfile'],
      reads: [
        { of: 'metadata', path: ['annotations'], type: 'mapping' },
        { of: 'container', path: ['securityContext', 'appArmorProfile', 'type'], type: 'string' },
        { of: 'pod', path: ['securityContext', 'appArmorProfile', 'type'], type: 'string' },
      ],
      severity: 'medium',
      judge: (place, subject) => ({
        message: `${place.container === undefined ? 'the pod' : `container \`${place.container}\``} asks for AppArmor profile \`${inWords(place.value)}\``,
        fix: changePod(subject, {
          op: 'set',
          path: place.path,
          // The old annotation has words of its own.
          value: place.path[0] === 'metadata' ? 'runtime/default' : 'RuntimeDefault',
          text: "Use the runtime's profile.",
          breaks: 'what the profile refuses',
        }),
      }),
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  appArmorProfile:\n    type: Unconfined`),
    good: podWith(HARDENED),
  },
})
