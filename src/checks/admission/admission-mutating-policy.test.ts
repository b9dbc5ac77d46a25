import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionMutatingPolicy } from './admission-mutating-policy.js'
import { objectOf } from './example-webhook.js'

const V1 = 'admissionregistration.k8s.io/v1'
const policy = objectOf(V1, 'MutatingAdmissionPolicy', 'p', { spec: {} })
const binding = (policyName: string): string =>
  objectOf(V1, 'MutatingAdmissionPolicyBinding', 'b', { spec: { policyName } })

checkTests(admissionMutatingPolicy, [
  {
    name: 'it is bound',
    kind: 'failing',
    given: { manifests: `${policy}${binding('p')}` },
    expect: [{ result: 'fail', severity: 'info', fix: 'advice' }],
  },
  {
    name: 'it is not bound',
    kind: 'passing',
    given: { complete: true, manifests: `${policy}${binding('q')}` },
    expect: [],
  },
  { name: 'a binding alone', kind: 'odd', given: { manifests: binding('p') }, expect: [] },
  {
    name: 'bindings were not read',
    kind: 'unknown',
    given: { manifests: policy },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
