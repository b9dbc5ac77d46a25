import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionVapUnbound } from './admission-vap-unbound.js'
import { objectOf } from './example-webhook.js'

const V1 = 'admissionregistration.k8s.io/v1'
const policy = objectOf(V1, 'ValidatingAdmissionPolicy', 'p', { spec: {} })
const binding = (policyName: unknown): string =>
  objectOf(V1, 'ValidatingAdmissionPolicyBinding', 'b', { spec: { policyName } })

checkTests(admissionVapUnbound, [
  {
    name: 'bindings of others alone',
    kind: 'failing',
    given: { complete: true, manifests: `${policy}${binding('q')}` },
    expect: [{ result: 'fail', severity: 'medium', path: 'binding', fix: 'advice' }],
  },
  {
    name: 'a binding of a wrong type',
    kind: 'odd',
    given: { complete: true, manifests: `${policy}${binding(['p'])}` },
    expect: [{ result: 'fail' }],
  },
  { name: 'bound', kind: 'passing', given: { manifests: `${policy}${binding('p')}` }, expect: [] },
  {
    name: 'manifests alone',
    kind: 'unknown',
    given: { manifests: policy },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
