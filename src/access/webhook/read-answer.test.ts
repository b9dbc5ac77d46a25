import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer } from './read-answer.js'

const V1 = 'authorization.k8s.io/v1'
const answer = (status: unknown, more: object = {}): string =>
  JSON.stringify({ apiVersion: V1, kind: 'SubjectAccessReview', ...more, status })

// Each row as the webhook authorizer of kube-apiserver 1.36 took the same answer.
describe('readAnswer', () => {
  it.each<[string, string, object]>([
    ['allowed', answer({ allowed: true, reason: 'r' }), { verdict: 'allow', reason: 'r' }],
    ['denied', answer({ denied: true, reason: 'r' }), { verdict: 'deny', reason: 'r' }],
    ['neither', answer({ allowed: false, reason: 'r' }), { verdict: 'noOpinion', reason: 'r' }],
    ['an empty status', answer({}), { verdict: 'noOpinion', reason: '' }],
    ['a status of null', answer(null), { verdict: 'noOpinion', reason: '' }],
    ['fields of null', answer({ allowed: null, denied: null }), { verdict: 'noOpinion', reason: '' }],
    [
      'an evaluation error',
      answer({ allowed: true, evaluationError: 'x' }),
      { verdict: 'allow', reason: '' },
    ],
    ['an unknown field', answer({ allowed: true, other: 1 }), { verdict: 'allow', reason: '' }],
    ['names in other letters', answer({ Allowed: true }), { verdict: 'noOpinion', reason: '' }],
    ['no version and no kind', '{"status":{"allowed":true}}', { verdict: 'allow', reason: '' }],
    [
      'a version and a kind of null',
      '{"kind":null,"apiVersion":null,"status":{"allowed":true}}',
      { verdict: 'allow' },
    ],
    ['the last of two', '{"status":{"allowed":true,"allowed":false}}', { verdict: 'noOpinion' }],
    [
      "another version's field of another type",
      answer({ allowed: true }, { spec: { group: 5 } }),
      { verdict: 'allow' },
    ],
    ['null', 'null', { verdict: 'noOpinion', reason: '' }],
    ['blanks', ' \n', { verdict: 'noOpinion', reason: '' }],
    ['YAML', `apiVersion: ${V1}\nkind: SubjectAccessReview\nstatus: {allowed: true}\n`, { verdict: 'allow' }],
    ['JSON behind a byte order mark', `\uFEFF${answer({ allowed: true })}`, { verdict: 'allow' }],
    [
      'allowed and denied at once',
      answer({ allowed: true, denied: true, reason: 'r' }),
      {
        verdict: 'deny',
        reason: 'r',
        error: 'webhook subject access review returned both allow and deny response',
      },
    ],
  ])('%s', (_name, text, expected) => {
    expect(readAnswer(text, 'v1')).toMatchObject(expected)
  })

  it.each<[string, string, RegExp]>([
    ['no JSON', 'hello', /not an object/],
    ['half of it', '{"status":', /neither JSON nor YAML/],
    ['something behind it', `${answer({ allowed: true })}x`, /neither JSON nor YAML/],
    ['a list', '[]', /not an object/],
    ['a status that is a text', answer('x'), /`status` .* wrong type/],
    ['a status that is a list', answer([]), /`status` .* wrong type/],
    ['allowed as a text', answer({ allowed: 'true' }), /`status.allowed` .* wrong type/],
    ['denied as a number', answer({ denied: 1 }), /`status.denied` .* wrong type/],
    ['a reason that is a number', answer({ reason: 5 }), /`status.reason` .* wrong type/],
    ['a spec of another type', answer({ allowed: true }, { spec: 5 }), /`spec` .* wrong type/],
    ['groups of another type', answer({ allowed: true }, { spec: { groups: [1] } }), /`spec.groups\[0\]`/],
    ['labels of another type', answer({}, { metadata: { labels: { a: 1 } } }), /`metadata.labels\[a\]`/],
    ['metadata of another type', answer({ allowed: true }, { metadata: 'x' }), /`metadata` .* wrong type/],
    [
      'another version',
      answer({ allowed: true }, { apiVersion: `${V1}beta1` }),
      /`authorization.k8s.io\/v1beta1`/,
    ],
    [
      'an unknown version',
      answer({ allowed: true }, { apiVersion: 'authorization.k8s.io/v2' }),
      /nothing of it counts/,
    ],
    [
      'another kind',
      answer({ allowed: true }, { kind: 'LocalSubjectAccessReview' }),
      /`LocalSubjectAccessReview`/,
    ],
    ['a Status', '{"kind":"Status","apiVersion":"v1","status":"Failure"}', /`Status` of `v1`/],
    ['a kind that is a number', answer({ allowed: true }, { kind: 1 }), /not a text/],
  ])('fails on %s', (_name, text, message) => {
    const read = readAnswer(text, 'v1')
    expect('failed' in read ? read.failed : '').toMatch(message)
  })

  it('reads v1beta1 in the same way', () => {
    const apiVersion = `${V1}beta1`
    expect(readAnswer(answer({ denied: true }, { apiVersion }), 'v1beta1')).toEqual({
      verdict: 'deny',
      reason: '',
    })
    expect(readAnswer(answer({ denied: true }), 'v1beta1')).toHaveProperty('failed')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((status) => answer(status)),
        ),
        (text) => {
          const read = readAnswer(text, 'v1')
          expect('failed' in read || 'verdict' in read).toBe(true)
        },
      ),
    )
  })
})
