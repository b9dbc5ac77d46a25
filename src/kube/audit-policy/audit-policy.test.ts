import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { matchAuditRule, type AuditedRequest } from './match-audit-rule.js'
import { readAuditPolicy } from './read-audit-policy.js'

const HEAD = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n'

function policyOf(rules: string) {
  const { value, fault } = readAuditPolicy(`${HEAD}rules:\n${rules}`)
  if (value === undefined) throw new Error(fault?.message)
  return value
}

const READ_SECRET: AuditedRequest = {
  user: 'jane',
  groups: ['developers', 'system:authenticated'],
  verb: 'get',
  apiGroup: '',
  resource: 'secrets',
  namespace: 'shop',
  name: 'db',
}
const EXEC: AuditedRequest = {
  ...READ_SECRET,
  verb: 'create',
  resource: 'pods',
  subresource: 'exec',
  name: 'web',
}
const LIVEZ: AuditedRequest = {
  user: 'jane',
  groups: ['system:authenticated'],
  verb: 'get',
  path: '/livez/ping',
}

describe('which rule of an audit policy matches', () => {
  test.each<[string, string, AuditedRequest, boolean]>([
    ['a rule of a level alone', '{level: None}', READ_SECRET, true],
    ['the same for paths', '{level: None}', LIVEZ, true],
    ['users', '{level: None, users: [bob, jane]}', READ_SECRET, true],
    ['other users', '{level: None, users: [bob]}', READ_SECRET, false],
    ['users are no patterns', '{level: None, users: ["*"]}', READ_SECRET, false],
    ['one group of several', '{level: None, userGroups: [admins, developers]}', READ_SECRET, true],
    ['other groups', '{level: None, userGroups: [admins]}', READ_SECRET, false],
    ['verbs', '{level: None, verbs: [get]}', READ_SECRET, true],
    ['verbs are no patterns', '{level: None, verbs: ["*"]}', READ_SECRET, false],
    ['a namespace', '{level: None, namespaces: [shop]}', READ_SECRET, true],
    ['another namespace', '{level: None, namespaces: [kube-system]}', READ_SECRET, false],
    ['namespaces are of resources', '{level: None, namespaces: [""]}', LIVEZ, false],
    ['no namespace', '{level: None, namespaces: [""]}', { ...READ_SECRET, namespace: '' }, true],
    ['a resource', '{level: None, resources: [{group: "", resources: [secrets]}]}', READ_SECRET, true],
    [
      'a group unsaid is the core group',
      '{level: None, resources: [{resources: [secrets]}]}',
      READ_SECRET,
      true,
    ],
    ['a whole group', '{level: None, resources: [{group: ""}]}', EXEC, true],
    ['another group', '{level: None, resources: [{group: apps}]}', READ_SECRET, false],
    ['any group', '{level: None, resources: [{group: "*", resources: [secrets]}]}', READ_SECRET, true],
    ['a name', '{level: None, resources: [{resources: [secrets], resourceNames: [db]}]}', READ_SECRET, true],
    [
      'another name',
      '{level: None, resources: [{resources: [secrets], resourceNames: [x]}]}',
      READ_SECRET,
      false,
    ],
    ['pods are not pods/exec', '{level: None, resources: [{resources: [pods]}]}', EXEC, false],
    ['pods/exec', '{level: None, resources: [{resources: [pods/exec]}]}', EXEC, true],
    ['pods/*', '{level: None, resources: [{resources: [pods/*]}]}', EXEC, true],
    ['pods/* are pods too', '{level: None, resources: [{resources: [secrets/*]}]}', READ_SECRET, true],
    ['*/exec', '{level: None, resources: [{resources: ["*/exec"]}]}', EXEC, true],
    ['* is every sub-resource', '{level: None, resources: [{resources: ["*"]}]}', EXEC, true],
    ['*/* is none of them', '{level: None, resources: [{resources: ["*/*"]}]}', EXEC, false],
    ['resources are not of paths', '{level: None, resources: [{group: "*"}]}', LIVEZ, false],
    ['a path', '{level: None, nonResourceURLs: [/livez/ping]}', LIVEZ, true],
    ['the beginning of a path', '{level: None, nonResourceURLs: ["/livez*"]}', LIVEZ, true],
    ['another path', '{level: None, nonResourceURLs: [/livez]}', LIVEZ, false],
    ['any path', '{level: None, nonResourceURLs: ["*"]}', LIVEZ, true],
    ['paths are not of resources', '{level: None, nonResourceURLs: ["*"]}', READ_SECRET, false],
  ])('%s', (_name, rule, request, matches) => {
    expect(matchAuditRule(policyOf(`- ${rule}\n`), request) !== undefined).toBe(matches)
  })

  it('is the first; stages of the policy and of the rule are both left out', () => {
    const text = `${HEAD}omitStages: [RequestReceived]\nrules:\n- {level: None, verbs: [watch]}\n- level: Metadata\n  omitStages: [Panic]\n- {level: Request}\n`
    const policy = readAuditPolicy(text).value
    const rule = policy === undefined ? undefined : matchAuditRule(policy, READ_SECRET)
    expect(rule).toMatchObject({ index: 1, level: 'Metadata', place: { line: 6, column: 3 } })
    expect(rule?.omitStages).toEqual(['RequestReceived', 'Panic'])
  })
})

describe('an audit policy that the API server refuses', () => {
  test.each([
    ['no rules', 'rules: []', '`rules` holds no rule: a policy needs at least one'],
    ['another kind', 'kind: Event', '`kind` must be `Policy`'],
    ['another version', 'apiVersion: audit.k8s.io/v2', /^`apiVersion` must be one of audit\.k8s\.io\/v1,/],
    ['no level', 'rules: [{}]', /^`rules\[0\]\.level` must be one of None/],
    ['another level', 'rules: [{level: All}]', /^`rules\[0\]\.level` must be one of None/],
    [
      'another stage',
      'rules: [{level: None, omitStages: [Done]}]',
      /^`rules\[0\]\.omitStages\[0\]` must be one of/,
    ],
    ['a path that is none', 'rules: [{level: None, nonResourceURLs: [livez]}]', /must begin with `\/`/],
    ['a pattern inside', 'rules: [{level: None, nonResourceURLs: ["/a*b"]}]', /hold `\*` at its end alone/],
    [
      'paths beside resources',
      'rules: [{level: None, nonResourceURLs: [/a], namespaces: [b]}]',
      /may not stand beside/,
    ],
    ['a group with a version', 'rules: [{level: None, resources: [{group: apps/v1}]}]', /name of a group/],
    ['names of nothing', 'rules: [{level: None, resources: [{resourceNames: [a]}]}]', /needs `resources`/],
    ['a text for rules', 'rules: all', '`rules` must be a list'],
  ])('%s', (_name, text, message) => {
    const head = HEAD.trim()
      .split('\n')
      .filter((line) => !text.startsWith(line.split(':')[0] ?? ''))
    const { value, fault } = readAuditPolicy(`${head.join('\n')}\n${text}\n`)
    expect(value).toBeUndefined()
    if (typeof message === 'string') expect(fault?.message).toBe(message)
    else expect(fault?.message).toMatch(message)
  })

  it('unknown fields are passed over', () => {
    expect(policyOf('- {level: Metadata, verb: [get]}\n').rules).toHaveLength(1)
  })

  it('never throws, whatever the rules', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (rules, rule) => {
        for (const value of [rules, [rule], [{ level: 'None', resources: rule, users: rules }]]) {
          const policy = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: value }
          const read = readAuditPolicy(JSON.stringify(policy)).value
          if (read !== undefined) matchAuditRule(read, READ_SECRET)
        }
      }),
    )
  })
})
