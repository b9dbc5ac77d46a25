import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { podWith } from './example-pod.js'
import { absolute, changePod, judgePod } from './judge-pod.js'
import { asNumber, valueAt } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { withPrecondition } from '../precondition.js'

/** The user that each container is given: its own, else the pod's. */
function usersOf(subject: WorkloadSubject): (number | undefined)[] {
  const ofPod = asNumber(valueAt(subject.template.spec, ['securityContext', 'runAsUser']))
  return subject.containers.map(
    (container) => asNumber(valueAt(container.spec, ['securityContext', 'runAsUser'])) ?? ofPod,
  )
}

export const podRunAsNonRoot = defineCheck({
  id: 'pod-run-as-non-root',
  title: 'A container may run as root',
  severity: 'medium',
  because: 'root in the container meets the kernel with more rights; low where a user is set all the same',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Nothing refuses an image that starts as root; a break-out from there is root on the node.',
  references: [cis('5.2.7'), podSecurity('Running as Non-root')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['runAsNonRoot'],
      reads: [
        { of: 'container', path: ['securityContext', 'runAsNonRoot'], type: 'boolean' },
        { of: 'pod', path: ['securityContext', 'runAsNonRoot'], type: 'boolean' },
      ],
      severity: 'medium',
      judge: (place, subject) => {
        const users = usersOf(subject)
        const set = users.every((user) => user !== undefined && user !== 0)
        const path =
          place.value === false
            ? absolute(subject, place.path)
            : absolute(subject, ['spec', 'securityContext', 'runAsNonRoot'])
        const change = changePod(
          subject,
          'set',
          path,
          true,
          'Set `runAsNonRoot: true`.',
          'images that start as root: the kubelet refuses them',
        )
        return {
          message:
            place.container === undefined
              ? 'runAsNonRoot is false'
              : `container \`${place.container}\` may run as root`,
          ...(set
            ? {
                severity: 'low' as const,
                because: 'a user other than root is set; only the guard is missing',
              }
            : {}),
          fix: set
            ? change
            : withPrecondition(
                change,
                'the image starts as a user other than root (or `runAsUser` names one)',
              ),
        }
      },
    })
  },
  examples: {
    bad: podWith(''),
    good: podWith(
      `securityContext:\n  allowPrivilegeEscalation: false\n  runAsNonRoot: true\n  runAsUser: 1000\n  capabilities:\n    drop: [ALL]\n  seccompProfile:\n    type: RuntimeDefault`,
    ),
  },
})
