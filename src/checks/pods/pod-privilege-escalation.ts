import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { withPrecondition } from '../precondition.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'
import { asObject, asStrings, valueAt, type JsonObject } from '../../model/index.js'

function addsSysAdmin(container: JsonObject): boolean {
  const added = asStrings(valueAt(container, ['securityContext', 'capabilities', 'add']))
  return added.some((name) => /^(?:CAP_)?SYS_ADMIN$/.test(name))
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
        const container = asObject(valueAt(subject.template, place.path.slice(0, 3)))
        // Privileged implies it, and pod-privileged says so: one fault, one finding.
        if (valueAt(container, ['securityContext', 'privileged']) === true) return undefined
        const change = changePod(subject, {
          op: 'set',
          path: place.path,
          value: false,
          text: 'Set `allowPrivilegeEscalation: false`.',
          breaks: 'set-uid programs in the image, such as sudo and ping',
        })
        // The API refuses false beside SYS_ADMIN. Source: kubernetes v1.36.2 pkg/apis/core/validation, ValidateSecurityContext.
        return {
          message: `container \`${place.container ?? ''}\` may gain rights`,
          fix: addsSysAdmin(container)
            ? withPrecondition(change, 'take SYS_ADMIN away, beside which it is refused', false)
            : change,
        }
      },
    })
  },
  examples: {
    bad: podWith(''),
    good: podWith(HARDENED),
  },
})
