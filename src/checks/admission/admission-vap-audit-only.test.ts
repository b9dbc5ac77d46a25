import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionVapAuditOnly } from './admission-vap-audit-only.js'
import { objectOf } from './example-webhook.js'

const actions = (validationActions: unknown): { manifests: string } => ({
  manifests: objectOf('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'b', {
    spec: { policyName: 'p', validationActions },
  }),
})

checkTests(admissionVapAuditOnly, [
  {
    name: 'warnings',
    kind: 'failing',
    given: actions(['Warn', 'Audit']),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'spec.validationActions',
        message: /Warn and Audit/,
        fix: 'advice',
      },
    ],
  },
  { name: 'no action', kind: 'odd', given: actions([]), expect: [{ result: 'fail', message: /nothing/ }] },
  { name: 'it denies', kind: 'passing', given: actions(['Deny']), expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: actions('Deny'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
