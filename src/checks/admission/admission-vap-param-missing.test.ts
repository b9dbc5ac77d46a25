import { checkTests } from '../../../test/kit/check-tests.js'
import { admissionVapParamMissing } from './admission-vap-param-missing.js'
import { objectOf } from './example-webhook.js'

const V1 = 'admissionregistration.k8s.io/v1'
const policy = (spec: object): string => objectOf(V1, 'ValidatingAdmissionPolicy', 'p', { spec })
const asking = policy({ paramKind: { apiVersion: 'rules.example.com/v1', kind: 'Limit' } })
const binding = (paramRef?: unknown): string =>
  objectOf(V1, 'ValidatingAdmissionPolicyBinding', 'b', { spec: { policyName: 'p', paramRef } })
const limit = (name: string): string => objectOf('rules.example.com/v1', 'Limit', name)

checkTests(admissionVapParamMissing, [
  {
    name: 'no paramRef',
    kind: 'failing',
    given: { manifests: `${asking}${binding()}` },
    expect: [{ result: 'fail', severity: 'medium', message: /there is no paramRef/, fix: 'advice' }],
  },
  {
    name: 'parameters that do not exist',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${asking}${binding({ name: 'a', parameterNotFoundAction: 'Allow' })}${limit('b')}`,
    },
    expect: [{ result: 'fail', message: /Limit a, which does not exist \(parameterNotFoundAction Allow\)/ }],
  },
  {
    name: 'they are there',
    kind: 'passing',
    given: { manifests: `${asking}${binding({ name: 'a' })}${limit('a')}` },
    expect: [],
  },
  {
    name: 'a selector',
    kind: 'odd',
    given: { manifests: `${asking}${binding({ selector: {} })}` },
    expect: [],
  },
  {
    name: 'a policy without parameters',
    kind: 'odd',
    given: { manifests: `${policy({})}${binding()}` },
    expect: [],
  },
  {
    name: 'parameters that were not read',
    kind: 'unknown',
    given: { manifests: `${asking}${binding({ name: 'a' })}` },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: `${asking}${binding('a')}` },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
