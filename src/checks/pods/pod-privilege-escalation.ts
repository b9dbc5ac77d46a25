import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { advice } from '../precondition.js'
import { podWith } from './example-pod.js'
import { absolute, changePod, judgePod } from './judge-pod.js'
import { asStrings, valueAt, type JsonObject } from '../../model/index.js'

function isPowerful(container: JsonObject): boolean {
  const added = asStrings(valueAt(container, ['securityContext', 'capabilities', 'add']))
  return (
    valueAt(container, ['securityContext', 'privileged']) === true ||
    added.some((name) => /^(?:CAP_)?SYS_ADMIN$/.test(name))
  )
}

export const podPrivilegeEscalation = defineCheck({
  id: 'pod-privilege-escalation',
  title: 'A process may gain more rights than its parent',
  severity: 'medium',
  because: 'a barrier is off: set-uid programs and file capabilities in the image work',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'With allowPrivilegeEscalation not false, a set-uid program in the image makes an ordinary user of the container its root.',
  references: [cis('5.2.6'), podSecurity('Privilege Escalation')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['allowPrivilegeEscalation'],
      reads: [{ of: 'container', path: ['securityContext', 'allowPrivilegeEscalation'], type: 'boolean' }],
      severity: 'medium',
      judge: (place, subject) => {
        const container = subject.containers.find((each) => each.name === place.container)
        // The API refuses false beside privileged or SYS_ADMIN. Source: kubernetes v1.36.2 pkg/apis/core/validation, ValidateSecurityContext.
        const impossible = container !== undefined && isPowerful(container.spec)
        return {
          message: `container \`${place.container ?? ''}\` may gain rights`,
          fix: impossible
            ? advice(
                'First take `privileged` and SYS_ADMIN away; then set `allowPrivilegeEscalation: false`.',
              )
            : changePod(
                subject,
                'set',
                absolute(subject, place.path),
                false,
                'Set `allowPrivilegeEscalation: false`.',
                'set-uid programs in the image, such as sudo and ping',
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
