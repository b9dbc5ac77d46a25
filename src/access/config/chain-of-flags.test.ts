import { describe, expect, it } from 'vitest'
import { parseAuthorizationFlags } from './authorization-flags.js'
import { chainOfFlags, configFileErrors, configFileOf } from './chain-of-flags.js'

const read = (...words: string[]) => chainOfFlags(parseAuthorizationFlags(words).given, 'flags')
const types = (...words: string[]) => read(...words).config?.authorizers.map(({ type }) => type)
const POLICY = '--authorization-policy-file=/p'
const HOOK = '--authorization-webhook-config-file=/w'
const mode = (modes: string) => `--authorization-mode=${modes}`

// Accepted and refused as kube-apiserver 1.36 does with the same words.
describe('chainOfFlags', () => {
  it.each<[string, string[], string[]]>([
    ['nothing is AlwaysAllow', [], ['AlwaysAllow']],
    ['an empty mode too', [mode('')], ['AlwaysAllow']],
    ['modes in their order', [mode('RBAC,Node')], ['RBAC', 'Node']],
    ['repeated flags add up', [mode('Node'), mode('RBAC')], ['Node', 'RBAC']],
    ['quotes of CSV', [mode('"Node",RBAC')], ['Node', 'RBAC']],
    ['ABAC with its file', [mode('ABAC'), POLICY], ['ABAC']],
    ['Webhook with its file', [mode('Webhook,AlwaysDeny'), HOOK], ['Webhook', 'AlwaysDeny']],
    ['a file that is empty is none', [mode('RBAC'), '--authorization-policy-file='], ['RBAC']],
    [
      'a webhook version without Webhook is not looked at',
      ['--authorization-webhook-version=v9'],
      ['AlwaysAllow'],
    ],
    ['underscores', ['--authorization_mode=RBAC'], ['RBAC']],
  ])('%s', (_name, words, expected) => {
    expect(read(...words).errors).toEqual([])
    expect(types(...words)).toEqual(expected)
  })

  it.each<[string, string[], RegExp[]]>([
    ['an unknown mode', [mode('Rbca')], [/`Rbca` is no mode; modes are ABAC/]],
    ['a mode in other letters', [mode('node,rbac')], [/written `Node`/, /written `RBAC`/]],
    ['a blank', [mode('Node, RBAC')], [/` RBAC` is no mode; it is written `RBAC`/]],
    ['a mode twice', [mode('Node,RBAC,Node')], [/names `Node` more than once/]],
    ['ABAC without a file', [mode('ABAC')], [/mode ABAC needs `--authorization-policy-file`/]],
    ['a policy file without ABAC', [mode('RBAC'), POLICY], [/policy-file` needs mode ABAC/]],
    ['a policy file alone', [POLICY], [/policy-file` needs mode ABAC/]],
    ['Webhook without a file', [mode('Webhook')], [/mode Webhook needs/]],
    ['a webhook file without Webhook', [mode('RBAC'), HOOK], [/config-file` needs mode Webhook/]],
    [
      'another version of reviews',
      [mode('Webhook'), HOOK, '--authorization-webhook-version=v1alpha1'],
      [/must be v1 or v1beta1, not `v1alpha1`/],
    ],
    ['everything at once', [mode('ABAC,ABAC,x')], [/`x` is no mode/, /more than once/, /mode ABAC needs/]],
  ])('refuses %s', (_name, words, messages) => {
    const { config, errors } = read(...words)
    expect(config).toBeUndefined()
    expect(errors).toHaveLength(messages.length)
    messages.forEach((message, index) => expect(errors[index]?.message).toMatch(message))
  })

  it('gives a webhook the settings of its flags, else the old defaults', () => {
    const webhookOf = (...words: string[]) => {
      const [authorizer] = read(mode('Webhook'), HOOK, ...words).config?.authorizers ?? []
      return authorizer?.type === 'Webhook' ? { name: authorizer.name, ...authorizer.webhook } : undefined
    }
    expect(webhookOf()).toMatchObject({
      name: 'default',
      authorizedTTL: 300_000,
      unauthorizedTTL: 30_000,
      cacheAuthorizedRequests: true,
      timeout: 30_000,
      failurePolicy: 'NoOpinion',
      subjectAccessReviewVersion: 'v1beta1',
      connection: { type: 'KubeConfigFile', file: '/w' },
      matchConditions: [],
    })
    const ttl = '--authorization-webhook-cache'
    expect(
      webhookOf(
        '--authorization-webhook-version=v1',
        `${ttl}-authorized-ttl=0s`,
        `${ttl}-unauthorized-ttl=1m`,
      ),
    ).toMatchObject({
      subjectAccessReviewVersion: 'v1',
      cacheAuthorizedRequests: false,
      cacheUnauthorizedRequests: true,
      unauthorizedTTL: 60_000,
    })
  })

  it.each([
    ['--authorization-webhook-cache-authorized-ttl=5', /invalid argument/],
    ['--authorization-mode="', /invalid argument/],
    ['--authorization-moed=RBAC', /unknown flag/],
  ])('refuses the word %s', (word, message) => {
    expect(parseAuthorizationFlags([word]).errors[0]?.message).toMatch(message)
  })
})

describe('--authorization-config', () => {
  const file = '--authorization-config=/c'
  it.each<[string, string[], string[]]>([
    ['alone', [file], []],
    ['beside the policy file of ABAC', [file, POLICY], []],
    ['beside a mode', [file, mode('RBAC')], ['--authorization-mode']],
    ['beside an empty mode', [file, mode('')], ['--authorization-mode']],
    ['beside a webhook', [file, HOOK], ['--authorization-webhook-config-file']],
    [
      'beside a default that is given',
      [file, '--authorization-webhook-cache-authorized-ttl=5m'],
      ['--authorization-webhook-cache-authorized-ttl'],
    ],
    ['beside a version', [file, '--authorization-webhook-version=v1'], ['--authorization-webhook-version']],
  ])('%s', (_name, words, refused) => {
    const { given } = parseAuthorizationFlags(words)
    expect(configFileOf(given)).toBe('/c')
    expect(configFileErrors(given).map(({ place }) => place.file)).toEqual(refused)
  })
})
