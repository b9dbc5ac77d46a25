import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'

const BREAKS = 'rare system calls (tracing, mounting, kernel keys) that the default profile refuses'

export const podSeccomp = defineCheck({
  id: 'pod-seccomp',
  title: 'A container runs without a seccomp profile',
  severity: 'low',
  because:
    'medium where the profile is switched off on purpose; unset may still be RuntimeDefault where the kubelet says so',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Without a profile every system call is open to a program that was taken over; most kernel exploits need one that the default profile refuses.',
  references: [cis('5.6.2'), podSecurity('Seccomp')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['seccompProfile_baseline', 'seccompProfile_restricted'],
      reads: [
        { of: 'container', path: ['securityContext', 'seccompProfile', 'type'], type: 'string' },
        { of: 'pod', path: ['securityContext', 'seccompProfile', 'type'], type: 'string' },
      ],
      severity: 'low',
      judge: (place, subject) => {
        if (place.value !== undefined) {
          return {
            message: `${place.container === undefined ? 'the pod' : `container \`${place.container}\``} asks for seccomp profile \`${inWords(place.value)}\``,
            severity: 'medium' as const,
            because: 'the profile is switched off on purpose',
            fix: changePod(subject, {
              op: 'set',
              path: place.path,
              value: 'RuntimeDefault',
              text: "Use the runtime's profile.",
              breaks: BREAKS,
            }),
          }
        }
        return {
          message: 'no seccomp profile is set',
          fix: changePod(subject, {
            op: 'set',
            path: ['spec', 'securityContext', 'seccompProfile', 'type'],
            value: 'RuntimeDefault',
            text: "Set the pod's seccompProfile to RuntimeDefault.",
            breaks: BREAKS,
          }),
        }
      },
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  seccompProfile:\n    type: Unconfined`),
    good: podWith(HARDENED),
  },
})
