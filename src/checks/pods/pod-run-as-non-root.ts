import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'
import type { ViolationPlace } from '../../kube/index.js'
import { asNumber, valueAt } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { withPrecondition } from '../precondition.js'

/** The users that the containers of a place are given, each its own, else the pod's. */
function usersAt(place: ViolationPlace, subject: WorkloadSubject): (number | undefined)[] {
  const ofPod = asNumber(valueAt(subject.template.spec, ['securityContext', 'runAsUser']))
  const roots =
    place.container === undefined
      ? subject.containers.map((container) => container.spec)
      : [valueAt(subject.template, place.path.slice(0, 3))]
  return roots.map((root) => asNumber(valueAt(root, ['securityContext', 'runAsUser'])) ?? ofPod)
}

export const podRunAsNonRoot = defineCheck({
  id: 'pod-run-as-non-root',
  title: 'A container may run as root',
  severity: 'medium',
  because: 'root in the container meets the kernel with more rights; low where a user is set all the same',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Nothing refuses an image that starts as root; a break-out from there is root on the node.',
  references: [cis('5.2.7'), cis('5.6.3'), podSecurity('Running as Non-root')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['runAsNonRoot'],
      reads: [
        { of: 'container', path: ['securityContext', 'runAsNonRoot'], type: 'boolean' },
        { of: 'pod', path: ['securityContext', 'runAsNonRoot'], type: 'boolean' },
      ],
      severity: 'medium',
      judge: (place, subject) => {
        const users = usersAt(place, subject)
        // An explicit user 0 has a check of its own, pod-run-as-user-zero: one fault, one finding.
        if (users.length > 0 && users.every((user) => user === 0)) return undefined
        const set = users.every((user) => user !== undefined && user !== 0)
        const change = changePod(subject, {
          op: 'set',
          path: place.value === false ? place.path : ['spec', 'securityContext', 'runAsNonRoot'],
          value: true,
          text: 'Set `runAsNonRoot: true`.',
          breaks: 'images that start as root: the kubelet refuses them',
        })
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
    good: podWith(HARDENED),
  },
})
