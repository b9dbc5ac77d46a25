import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAuthorizationConfiguration } from './read-authorization-configuration.js'
import type { FileState } from './webhook-fields.js'

const HEAD = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\n'
const RBAC = '- type: RBAC\n  name: rbac\n'
/** Line 3 holds `authorizers:`; what is given follows from line 4 on. */
const chain = (authorizers: string): string => `${HEAD}authorizers:\n${authorizers}`

const FIELDS = {
  timeout: '3s',
  subjectAccessReviewVersion: 'v1',
  failurePolicy: 'NoOpinion',
  connectionInfo: '{type: KubeConfigFile, kubeConfigFile: /k}',
}

/** A webhook from line 4 on, with its fields from line 7 on, at column 5 with their values behind. */
const hook = (fields: Readonly<Record<string, string | undefined>>): string => {
  const lines = Object.entries({ ...FIELDS, ...fields }).flatMap(([name, value]) =>
    value === undefined ? [] : [`    ${name}: ${value}\n`],
  )
  return chain(`- type: Webhook\n  name: hook\n  webhook:\n${lines.join('')}`)
}
/** A webhook with conditions; the first expression stands in line 13, its text from column 19 on. */
const conditions = (...expressions: string[]): string =>
  `${hook({ matchConditionSubjectAccessReviewVersion: 'v1' })}    matchConditions:\n${expressions.map((each) => `    - expression: ${each}\n`).join('')}`

const states: Readonly<Record<string, FileState>> = { '/k': 'regular', '/folder': 'notRegular' }
const read = (text: string) =>
  readAuthorizationConfiguration(text, 'authz.yaml', { stateOf: (file) => states[file] ?? 'absent' })
/** Each error as `line:column field: message`. */
const errorsOf = (text: string): string[] =>
  read(text).errors.map(
    ({ place, field, message }) =>
      `${place.line ?? ''}:${place.column ?? ''} ${field}${field === '' ? '' : ': '}${message.replace(`\`${field}\`: `, '')}`,
  )

describe('what is accepted', () => {
  it.each(['v1', 'v1beta1', 'v1alpha1'])('version %s', (version) => {
    const text = chain(RBAC).replace('k8s.io/v1', `k8s.io/${version}`)
    expect(read(text).config?.authorizers).toMatchObject([{ type: 'RBAC', name: 'rbac' }])
  })

  it.each<[string, string]>([
    [
      'every type once, webhooks as often as wanted',
      chain(
        ['Node', 'RBAC', 'ABAC', 'AlwaysAllow', 'AlwaysDeny']
          .map((type) => `- {type: ${type}, name: ${type.toLowerCase()}}\n`)
          .join(''),
      ),
    ],
    [
      'two webhooks',
      `${hook({})}${hook({}).split('authorizers:\n')[1]?.replace('name: hook', 'name: other') ?? ''}`,
    ],
    [
      'JSON',
      JSON.stringify({
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'AuthorizationConfiguration',
        authorizers: [{ type: 'RBAC', name: 'rbac' }],
      }),
    ],
    ['a timeout of 30s', hook({ timeout: '30s' })],
    ['no version of conditions without conditions', hook({ matchConditions: '[]' })],
    [
      '64 conditions',
      conditions(...Array.from({ length: 64 }, (_each, index) => `request.user != 'u${index}'`)),
    ],
    ['null for what may be absent', hook({ authorizedTTL: "'0s'", cacheAuthorizedRequests: 'null' })],
    ['a second document, which is not read', `${chain(RBAC)}---\nfoo: bar\n`],
    ['a name of 253 signs', hook({}).replace('name: hook', `name: ${'a'.repeat(253)}`)],
  ])('%s', (_name, text) => {
    expect(errorsOf(text)).toEqual([])
  })

  it('webhooks have their defaults', () => {
    const [webhook] = read(hook({})).config?.authorizers ?? []
    expect(webhook).toMatchObject({
      type: 'Webhook',
      name: 'hook',
      place: { file: 'authz.yaml', line: 4 },
      webhook: {
        authorizedTTL: 300_000,
        unauthorizedTTL: 30_000,
        cacheAuthorizedRequests: true,
        cacheUnauthorizedRequests: true,
        timeout: 3000,
        connection: { type: 'KubeConfigFile', file: '/k' },
        matchConditions: [],
      },
    })
  })

  it('files of another machine are not asked for', () => {
    expect(
      readAuthorizationConfiguration(
        hook({ connectionInfo: '{type: KubeConfigFile, kubeConfigFile: /x}' }),
        'f',
      ).errors,
    ).toEqual([])
  })
})

describe('what is refused, with its line and column', () => {
  it.each<[string, string, (string | RegExp)[]]>([
    // The file.
    ['an empty file', '', [/^1:1 authorizers: at least one/]],
    ['blanks', '  \n', [/kind: it is missing/]],
    ['a list', '- a\n', ['1:1 the file must hold an object']],
    ['no JSON', '{\n  "kind": "x"\n  "a": 1\n}', ['3:3 the file is not valid JSON']],
    ['no YAML', `${HEAD}authorizers: [\n`, [/^[45]:/]],
    [
      'another kind',
      chain(RBAC).replace('AuthorizationC', 'AuthenticationC'),
      ['2:7 kind: it must be `AuthorizationConfiguration`'],
    ],
    ['no kind', chain(RBAC).replace('kind: AuthorizationConfiguration\n', ''), [/kind: it is missing/]],
    [
      'another version',
      chain(RBAC).replace('k8s.io/v1', 'k8s.io/v2'),
      [/^1:13 apiVersion: it must be one of/],
    ],
    [
      'a kind that is no text',
      chain(RBAC).replace('AuthorizationConfiguration', '5'),
      ['2:7 kind: it must be a text'],
    ],
    // Strict decoding.
    ['an unknown field', `${chain(RBAC)}foo: 1\n`, ['6:1 foo: there is no such field']],
    [
      'a field in other letters',
      chain('- type: RBAC\n  Name: rbac\n'),
      ['5:3 authorizers[0].Name: there is no such field; it is written `name`'],
    ],
    [
      'an unknown field of a webhook',
      hook({ retries: '3' }),
      [/^11:5 authorizers\[0\]\.webhook\.retries: there is no such field/],
    ],
    ['a field twice', chain(`${RBAC}  name: rbac\n`), ['6:3 name: the field stands twice in one object']],
    [
      'a value of another type',
      chain('- type: RBAC\n  name: [rbac]\n'),
      [/^5:\d+ authorizers\[0\]\.name: it must be a text/],
    ],
    [
      'a number for a text',
      chain('- type: RBAC\n  name: 5\n'),
      ['5:9 authorizers[0].name: it must be a text'],
    ],
    [
      'a duration that is none',
      hook({ timeout: '3' }),
      [/^7:14 authorizers\[0\]\.webhook\.timeout: it must be a duration such as `30s`/],
    ],
    [
      'a truth that is a text',
      hook({ cacheAuthorizedRequests: "'yes'" }),
      [/cacheAuthorizedRequests: it must be true or false/],
    ],
    // Authorizers.
    [
      'no authorizer',
      `${HEAD}authorizers: []\n`,
      ['3:1 authorizers: at least one authorizer must stand here'],
    ],
    ['no type', chain('- name: rbac\n'), [/^4:\d+ authorizers\[0\]\.type: it is missing/]],
    [
      'an unknown type',
      chain('- type: rbac\n  name: rbac\n'),
      [/^4:9 authorizers\[0\]\.type: it must be one of ABAC, .* not `rbac`/],
    ],
    [
      'a type twice',
      chain(RBAC + RBAC),
      ['6:9 authorizers[1].type: an authorizer of type RBAC stands here twice'],
    ],
    ['no name', chain('- type: RBAC\n'), [/authorizers\[0\]\.name: it is missing/]],
    [
      'a name twice',
      chain(`- {type: Node, name: rbac}\n${RBAC}`),
      [/^6:9 authorizers\[1\]\.name: the name `rbac` stands here twice/],
    ],
    [
      'a name that is no domain',
      hook({}).replace('name: hook', 'name: My_Hook'),
      [/^5:9 authorizers\[0\]\.name: `My_Hook` must be small letters/],
    ],
    [
      'a name of 254 signs',
      hook({}).replace('name: hook', `name: ${'a'.repeat(254)}`),
      [/at most 253 signs/],
    ],
    [
      'another name than its own',
      chain('- type: Node\n  name: nodes\n'),
      ['5:9 authorizers[0].name: the authorizer Node must be named `node`'],
    ],
    [
      'a webhook without settings',
      chain('- type: Webhook\n  name: hook\n'),
      [/authorizers\[0\]\.webhook: it is missing/],
    ],
    [
      'settings of a webhook elsewhere',
      chain('- type: RBAC\n  name: rbac\n  webhook: {timeout: 3s}\n'),
      ['6:3 authorizers[0].webhook: it may stand only beside `type: Webhook`'],
    ],
    // Webhooks.
    ['no timeout', hook({ timeout: undefined }), [/webhook\.timeout: it is missing/]],
    ['a timeout of 0', hook({ timeout: '0s' }), [/^7:14 .*timeout: it is missing/]],
    [
      'a timeout above 30s',
      hook({ timeout: '31s' }),
      ['7:14 authorizers[0].webhook.timeout: it must be above 0s and at most 30s, not 31s'],
    ],
    ['a negative timeout', hook({ timeout: '-1s' }), [/not -1s/]],
    [
      'a negative time to keep',
      hook({ authorizedTTL: '-1s', unauthorizedTTL: '-2s' }),
      [/^11:20 .*authorizedTTL: it must be above 0s, not -1s/, /^12:22 .*unauthorizedTTL: .* -2s/],
    ],
    [
      'no version of reviews',
      hook({ subjectAccessReviewVersion: undefined }),
      [/subjectAccessReviewVersion: it is missing; it must be v1 or v1beta1/],
    ],
    [
      'another version of reviews',
      hook({ subjectAccessReviewVersion: 'v1alpha1' }),
      [/^8:33 .*it must be v1 or v1beta1, not `v1alpha1`/],
    ],
    [
      'another version of conditions',
      hook({ matchConditionSubjectAccessReviewVersion: 'v1beta1' }),
      [/it must be v1, not `v1beta1`/],
    ],
    [
      'conditions without their version',
      conditions('request.user != "a"').replace(/    matchConditionSubject.*\n/, ''),
      [/matchConditionSubjectAccessReviewVersion: it is missing/],
    ],
    [
      'no failure policy',
      hook({ failurePolicy: undefined }),
      [/failurePolicy: it is missing; it must be NoOpinion or Deny/],
    ],
    ['another failure policy', hook({ failurePolicy: 'Ignore' }), [/^9:20 .*not `Ignore`/]],
    ['no connection', hook({ connectionInfo: undefined }), [/connectionInfo\.type: it is missing/]],
    [
      'another kind of connection',
      hook({ connectionInfo: '{type: Url}' }),
      [/connectionInfo\.type: it must be KubeConfigFile, not `Url`/],
    ],
    [
      'the configuration of a pod',
      hook({ connectionInfo: '{type: InClusterConfig}' }),
      [/kube-apiserver takes only `KubeConfigFile`/],
    ],
    [
      'a file beside the configuration of a pod',
      hook({ connectionInfo: '{type: InClusterConfig, kubeConfigFile: /k}' }),
      [/kubeConfigFile: it may stand only beside/],
    ],
    ['no file', hook({ connectionInfo: '{type: KubeConfigFile}' }), [/kubeConfigFile: it is missing/]],
    [
      'a file without a root',
      hook({ connectionInfo: '{type: KubeConfigFile, kubeConfigFile: k}' }),
      [/must be an absolute path, not `k`/],
    ],
    [
      'a file that is not there',
      hook({ connectionInfo: '{type: KubeConfigFile, kubeConfigFile: /none}' }),
      [/^10:60 .*the file `\/none` does not exist/],
    ],
    [
      'a folder',
      hook({ connectionInfo: '{type: KubeConfigFile, kubeConfigFile: /folder}' }),
      [/`\/folder` is no regular file/],
    ],
    // Conditions.
    [
      '65 conditions',
      conditions(...Array.from({ length: 65 }, (_each, index) => `request.user != 'u${index}'`)),
      [/^12:5 authorizers\[0\]\.webhook\.matchConditions: there may be at most 64 conditions, not 65/],
    ],
    ['a blank condition', conditions("' '"), [/^13:19 .*matchConditions\[0\]\.expression: it is missing/]],
    ['no expression', conditions('null'), [/matchConditions\[0\]\.expression: it is missing/]],
    [
      'a condition twice',
      conditions("'true'", "'true'"),
      [/^14:19 .*matchConditions\[1\]\.expression: the condition `true` stands here twice/],
    ],
    [
      'a condition that is no truth',
      conditions('request.user'),
      [/^13:19 .*must evaluate to bool but got string/],
    ],
    [
      'an unknown field, at its sign',
      conditions("request.user == 'a' && request.nobody == 'x'"),
      [/^13:49 .*undefined field 'nobody'/],
    ],
    ['an unknown name, at its sign', conditions('true && foo'), [/^13:27 .*undeclared reference to 'foo'/]],
    ['half of an expression', conditions("request.user == 'a' &&"), [/^13:\d+ .*Syntax error/]],
    [
      'types that do not fit, at the operator',
      conditions('request.user == 1'),
      [/^13:32 .*no matching overload/],
    ],
    [
      'a place in a folded text',
      conditions("|\n        request.user == 'a' &&\n        foo\n"),
      [/^15:9 .*undeclared reference to 'foo'/],
    ],
    [
      'a place behind an escape',
      conditions('"\'\\u0041\' == foo"'),
      [/^13:32 .*undeclared reference to 'foo'/],
    ],
  ])('%s', (_name, text, expected) => {
    const errors = errorsOf(text)
    expect(errors).toHaveLength(expected.length)
    expected.forEach((each, index) => {
      if (typeof each === 'string') expect(errors[index]).toBe(each)
      else expect(errors[index]).toMatch(each)
    })
    expect(read(text).config).toBeUndefined()
  })

  it('everything at once, in the order of the file', () => {
    const text = `${hook({ timeout: '1m', failurePolicy: 'x' })}- type: Foo\n- type: RBAC\n  name: X\n`
    expect(errorsOf(text).map((error) => error.split(':')[0])).toEqual(['7', '9', '11', '13'])
  })
})

it('never throws, and every error has a place', () => {
  const word = fc.constantFrom(
    'type',
    'name',
    'webhook',
    'authorizers',
    'timeout',
    'matchConditions',
    'expression',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.dictionary(word, fc.jsonValue()).map((each) => `${HEAD}${JSON.stringify(each).slice(1, -1)}`),
        fc.jsonValue().map((each) => chain(JSON.stringify([each]))),
      ),
      (text) => {
        for (const { place } of read(text).errors)
          expect(place).toMatchObject({
            line: expect.any(Number) as number,
            column: expect.any(Number) as number,
          })
      },
    ),
  )
})
