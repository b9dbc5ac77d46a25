import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { podWith } from './example-pod.js'
import { absolute, changePod, judgePod } from './judge-pod.js'

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
        { of: 'container', path: ['securityContext', 'appArmorProfile', 'type'], type: 'string' },
        { of: 'pod', path: ['securityContext', 'appArmorProfile', 'type'], type: 'string' },
      ],
      severity: 'medium',
      judge: (place, subject) => ({
        message: `${place.container === undefined ? 'the pod' : `container \`${place.container}\``} asks for AppArmor profile \`${inWords(place.value)}\``,
        fix:
          place.path[0] === 'metadata'
            ? changePod(
                subject,
                'set',
                absolute(subject, place.path),
                'runtime/default',
                "Use the runtime's profile.",
                'what the profile refuses',
              )
            : changePod(
                subject,
                'set',
                absolute(subject, place.path),
                'RuntimeDefault',
                "Use the runtime's profile.",
                'what the profile refuses',
              ),
      }),
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  appArmorProfile:\n    type: Unconfined`),
    good: podWith(
      `securityContext:\n  allowPrivilegeEscalation: false\n  runAsNonRoot: true\n  runAsUser: 1000\n  capabilities:\n    drop: [ALL]\n  seccompProfile:\n    type: RuntimeDefault`,
    ),
  },
})
