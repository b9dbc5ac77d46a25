import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPolicyFile } from './policy-file.js'

const V1BETA1 = '"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Policy"'
const read = (text: string) => readPolicyFile(text, 'policy.jsonl')

// What the API server of Kubernetes 1.36.2 made of each line.
describe('readPolicyFile', () => {
  it.each([
    [
      'fields count with their case',
      `{${V1BETA1},"spec":{"User":"a","RESOURCE":"pods"}}`,
      { user: '', resource: '' },
    ],
    ['no spec', `{${V1BETA1},"spec":null}`, { user: '', group: '' }],
    [
      'the last of a field that stands twice',
      `{${V1BETA1},"spec":{"user":"a","user":"b","bogus":1}}`,
      { user: 'b' },
    ],
    [
      'a star widens to everybody who is authenticated',
      `{${V1BETA1},"spec":{"user":"a","group":"*"}}`,
      { user: '', group: 'system:authenticated' },
    ],
    [
      'unversioned',
      '{"user":"a"}',
      { user: 'a', apiGroup: '*', resource: '*', namespace: '*', nonResourcePath: '*' },
    ],
    [
      'unversioned with a namespace',
      '{"user":"a","apiGroup":"x","namespace":"n"}',
      { apiGroup: '*', namespace: 'n', nonResourcePath: '' },
    ],
    ['a kind without a version', '{"kind":"Policy","user":"a"}', { user: 'a' }],
    [
      'version v0',
      '{"apiVersion":"abac.authorization.kubernetes.io/v0","kind":"Policy","user":"a"}',
      { user: 'a' },
    ],
    ['an empty version', '{"apiVersion":"","kind":"","user":"a"}', { user: 'a' }],
    [
      'the version in capitals',
      `{"APIVERSION":"abac.authorization.kubernetes.io/v1beta1","Kind":"Policy","spec":{"user":"a"}}`,
      { user: 'a', apiGroup: '' },
    ],
    ['nothing at all', '{}', { user: '', group: 'system:authenticated', nonResourcePath: '*' }],
    ['null', 'null', { group: 'system:authenticated' }],
    ['YAML on one line', 'user: a', { user: 'a' }],
    ['a field that is null', '{"user":null}', { group: 'system:authenticated' }],
  ])('%s', (_name, line, expected) => {
    const { policies, errors } = read(line)
    expect(errors).toEqual([])
    expect(policies).toMatchObject([{ line: 1, ...expected }])
  })

  it.each([
    ['a list as spec', `{${V1BETA1},"spec":[]}`],
    ['a number as user', `{${V1BETA1},"spec":{"user":5}}`],
    ['a text as readonly', `{${V1BETA1},"spec":{"readonly":"true"}}`],
    ['another kind', '{"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Other"}'],
    [
      'v1beta1 without a kind',
      '{"apiVersion":"abac.authorization.kubernetes.io/v1beta1","spec":{"user":"a"}}',
    ],
    ['another version', '{"apiVersion":"v1","kind":"Policy","user":"a"}'],
    ['a number as version', '{"apiVersion":7,"kind":"Policy","user":"a"}'],
    ['another kind without a version', '{"kind":"Other","user":"a"}'],
    ['a number as user, unversioned', '{"user":5}'],
    ['a list', '[]'],
    ['a number', '7'],
    ['two objects', '{"user":"a"} {"user":"b"}'],
    ['a trailing comma', '{"user":"a",}'],
    ['keys without quotes', '{user: a}'],
    ['an unknown anchor', 'a: *b'],
    ['a list that does not end', '[a'],
  ])('refuses %s, with the line', (_name, line) => {
    const { policies, errors } = read(`# comment\n\n${line}\n{"user":"z"}\n`)
    expect(errors).toMatchObject([{ place: { file: 'policy.jsonl', line: 3 } }])
    expect(policies.map(({ user }) => user)).toEqual(['z'])
  })

  it('passes comments, blanks and carriage returns over', () => {
    expect(read('  # c\r\n\r\n{"user":"a"}\r\n').policies).toMatchObject([{ line: 3, user: 'a' }])
    expect(read('').policies).toEqual([])
  })

  it('refuses a line that the scanner of the API server does not read', () => {
    const line = (length: number): string => `{"user":"${'a'.repeat(length - 11)}"}`
    expect(read(`${line(65_535)}\n`).errors).toEqual([])
    expect(read(`${line(65_536)}\n`).errors).toHaveLength(1)
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void read(text)))
  })
})
