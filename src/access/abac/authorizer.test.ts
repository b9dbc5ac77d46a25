import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { naiveAbac, type WrittenPolicy } from '../../../test/reference/naive-abac.js'
import type { Attributes } from '../attributes.js'
import { createAbacAuthorizer } from './authorizer.js'

const pick = <T>(...values: T[]) => fc.constantFrom(...values)
const policy: fc.Arbitrary<WrittenPolicy> = fc.record(
  {
    user: pick('alice', 'bob', '*', ''),
    group: pick('devs', 'system:authenticated', '*', ''),
    readonly: fc.boolean(),
    apiGroup: pick('*', '', 'apps'),
    resource: pick('*', 'pods', 'secrets', ''),
    namespace: pick('*', 'x', ''),
    nonResourcePath: pick('*', '/a', '/a*', '/a/**', '/a*b', ''),
  },
  { requiredKeys: [] },
)
const user = fc.record({
  name: pick('alice', 'bob', ''),
  groups: fc.uniqueArray(pick('devs', 'system:authenticated', 'system:unauthenticated')),
  uid: fc.constant(''),
  extra: fc.constant(new Map<string, string[]>()),
})
const attributes: fc.Arbitrary<Attributes> = fc.oneof(
  fc.record({
    kind: fc.constant('nonResource' as const),
    user,
    verb: pick('get', 'post'),
    path: pick('/a', '/a/b', '/ab', '/', '', '/a*b'),
  }),
  fc.record({
    kind: fc.constant('resource' as const),
    user,
    verb: pick('get', 'list', 'watch', 'create', '*'),
    namespace: pick('', 'x', 'y'),
    group: pick('', 'apps'),
    version: fc.constant('*'),
    resource: pick('pods', 'secrets', '*'),
    subresource: pick('', 'exec'),
    name: pick('', 'a'),
    fieldSelector: fc.constant([]),
    labelSelector: fc.constant([]),
  }),
)
const HEAD = { apiVersion: 'abac.authorization.kubernetes.io/v1beta1', kind: 'Policy' }

describe('createAbacAuthorizer', () => {
  it('decides as the description says, and names every line that allows', () => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 6 }), attributes, (policies, asked) => {
        const text = policies.map((spec) => JSON.stringify({ ...HEAD, spec })).join('\n')
        const abac = createAbacAuthorizer(text, 'policy.jsonl')
        expect(abac.authorize(asked).verdict === 'allow').toBe(naiveAbac(policies, asked))
        const lines = policies.flatMap((each, index) => (naiveAbac([each], asked) ? [index + 1] : []))
        expect(abac.policiesFor(asked).map(({ line }) => line)).toEqual(lines)
      }),
      { numRuns: 2000 },
    )
  })
})
