import { describe, expect, it, test } from 'vitest'
import { auditRecordOf, recordsAnything, requestsOfRule, unnamed } from './recorded.js'
import { readAuditPolicy } from './read-audit-policy.js'

function policyOf(text: string) {
  const { value } = readAuditPolicy(`apiVersion: audit.k8s.io/v1\nkind: Policy\n${text}`)
  if (value === undefined) throw new Error('no policy')
  return value
}

const GET = { user: 'jane', groups: [], verb: 'get', resource: 'secrets', namespace: 'shop', name: 'db' }
const EXEC = { ...GET, verb: 'create', resource: 'pods', subresource: 'exec' }

describe('what is written of a request', () => {
  test.each<[string, string, object, string]>([
    ['the level of its rule', 'rules: [{level: Request}]', GET, 'Request'],
    ['nothing without a rule', 'rules: [{level: Request, verbs: [list]}]', GET, 'None'],
    [
      'stages left out, the last one not',
      'omitStages: [RequestReceived]\nrules: [{level: Request}]',
      GET,
      'Request',
    ],
    [
      'the last stage left out: no body',
      'omitStages: [ResponseComplete]\nrules: [{level: Request}]',
      GET,
      'Metadata',
    ],
    [
      'every stage left out',
      'omitStages: [RequestReceived, ResponseComplete]\nrules: [{level: Request}]',
      GET,
      'None',
    ],
    [
      'what lasts has one stage more',
      'omitStages: [RequestReceived, ResponseComplete]\nrules: [{level: Request}]',
      EXEC,
      'Request',
    ],
  ])('%s', (_name, text, request, level) => {
    expect(auditRecordOf(policyOf(text), request as typeof GET).level).toBe(level)
  })

  test.each([
    ['rules: [{level: None}]', false],
    ['rules: [{level: None}, {level: Metadata, verbs: [list]}]', true],
    ['rules: [{level: Metadata, omitStages: [RequestReceived, ResponseStarted, ResponseComplete]}]', false],
    ['rules: [{level: Metadata, omitStages: [RequestReceived]}]', true],
  ])('%s records anything: %s', (text, anything) => {
    expect(recordsAnything(policyOf(text))).toBe(anything)
  })
})

it('names that nobody names stand for all others', () => {
  expect(unnamed(policyOf('rules: [{level: None}]'), 'any-user')).toBe('any-user')
  expect(unnamed(policyOf('rules: [{level: None, users: [any-user, any-user-x]}]'), 'any-user')).toBe(
    'any-user-x-x',
  )
})

it('requests of a rule bear what it names', () => {
  const policy = policyOf(
    'rules: [{level: Request, users: [a, b], userGroups: [g], namespaces: [ns], resources: [{resources: [secrets], resourceNames: [s]}]}]',
  )
  const [rule] = policy.rules
  const form = { verb: 'get', apiGroup: '', resource: 'secrets' }
  expect(rule === undefined ? [] : requestsOfRule(policy, rule, form)).toEqual([
    { ...form, user: 'a', groups: ['g', 'system:authenticated'], namespace: 'ns', name: 's' },
    { ...form, user: 'b', groups: ['g', 'system:authenticated'], namespace: 'ns', name: 's' },
  ])
})
