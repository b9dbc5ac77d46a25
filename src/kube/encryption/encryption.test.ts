import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { providersOf } from './providers-of.js'
import { readEncryptionConfiguration } from './read-encryption-configuration.js'

const HEAD = 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n'
const KEYS = '{keys: [{name: k1, secret: "[redacted]"}]}'

function configOf(entries: string) {
  const { value, fault } = readEncryptionConfiguration(HEAD + entries)
  if (value === undefined) throw new Error(fault?.message)
  return value
}

function writerOf(entries: string, resource = 'secrets', group = ''): string | undefined {
  return providersOf(configOf(entries), resource, group).writer?.kind
}

describe('who encrypts a resource', () => {
  const aes = `providers: [{aescbc: ${KEYS}}, {identity: {}}]`
  const box = `providers: [{secretbox: ${KEYS}}]`
  test.each<[string, string, string, string, string | undefined]>([
    ['the first provider', `- {resources: [secrets], ${aes}}`, 'secrets', '', 'aescbc'],
    [
      'identity first',
      `- {resources: [secrets], providers: [{identity: {}}, {aesgcm: ${KEYS}}]}`,
      'secrets',
      '',
      'identity',
    ],
    ['no entry', `- {resources: [configmaps], ${aes}}`, 'secrets', '', undefined],
    ['the core group', `- {resources: ["*."], ${aes}}`, 'secrets', '', 'aescbc'],
    ['the core group is not another', `- {resources: ["*."], ${aes}}`, 'deployments', 'apps', undefined],
    ['a group', `- {resources: ["*.apps"], ${aes}}`, 'deployments', 'apps', 'aescbc'],
    ['everything', `- {resources: ["*.*"], ${aes}}`, 'deployments', 'apps', 'aescbc'],
    [
      'a name goes before wildcards',
      `- {resources: [secrets], ${box}}\n- {resources: ["*."], ${aes}}\n- {resources: ["*.*"], ${aes}}`,
      'secrets',
      '',
      'secretbox',
    ],
    [
      'the earlier entry of a name writes',
      `- {resources: [secrets], ${box}}\n- {resources: [secrets, configmaps], ${aes}}`,
      'secrets',
      '',
      'secretbox',
    ],
    ['a dot and no group', `- {resources: ["secrets."], ${aes}}`, 'secrets', '', 'aescbc'],
  ])('%s', (_name, entries, resource, group, kind) => {
    expect(writerOf(entries, resource, group)).toBe(kind)
  })

  it('entries that say the same add up', () => {
    const both = `- {resources: [secrets], ${box}}\n- {resources: [secrets], ${aes}}`
    expect(providersOf(configOf(both), 'secrets').readers.map(({ kind }) => kind)).toEqual([
      'secretbox',
      'aescbc',
      'identity',
    ])
  })

  it('kms is of version 1 where nothing is written', () => {
    const kms = (more: string): string =>
      `- {resources: [secrets], providers: [{kms: {name: a, endpoint: "unix:///a.sock"${more}}}]}`
    expect(configOf(kms('')).entries[0]?.providers[0]).toMatchObject({
      kind: 'kms',
      apiVersion: 'v1',
      name: 'a',
    })
    expect(configOf(kms(', apiVersion: v2')).entries[0]?.providers[0]).toMatchObject({ apiVersion: 'v2' })
  })

  it('the old kind is read, JSON too, and no key ever', () => {
    const old = {
      kind: 'EncryptionConfig',
      apiVersion: 'v1',
      resources: [
        { resources: ['secrets'], providers: [{ aescbc: { keys: [{ name: 'k', secret: 'c2VjcmV0' }] } }] },
      ],
    }
    const { value } = readEncryptionConfiguration(JSON.stringify(old))
    expect(value?.entries[0]?.providers[0]).toMatchObject({ kind: 'aescbc', keys: 1 })
    expect(JSON.stringify(value)).not.toContain('c2VjcmV0')
  })
})

describe('what the API server refuses', () => {
  const provide = 'providers: [{identity: {}}]'
  test.each<[string, string, RegExp]>([
    ['no entries', '', /^`resources` must have at least one member$/],
    ['no resources', `- {${provide}}`, /^`resources\[0\]\.resources` must have/],
    ['no providers', '- {resources: [secrets]}', /^`resources\[0\]\.providers` must have/],
    ['an empty provider', '- {resources: [secrets], providers: [{}]}', /must hold one of identity/],
    [
      'two in one',
      `- {resources: [secrets], providers: [{identity: {}, aescbc: ${KEYS}}]}`,
      /holds several providers/,
    ],
    ['no keys', '- {resources: [secrets], providers: [{aescbc: {keys: []}}]}', /aescbc\.keys` must have/],
    ['capital letters', `- {resources: [Secrets], ${provide}}`, /small letters/],
    ['a star', `- {resources: ["*"], ${provide}}`, /must be `\*\.`/],
    ['one of all groups', `- {resources: ["secrets.*"], ${provide}}`, /of all groups/],
    ['events', `- {resources: ["events.events.k8s.io"], ${provide}}`, /group `events`/],
    ['extensions', `- {resources: ["ingresses.extensions"], ${provide}}`, /removed/],
    ['no API', `- {resources: [apiserveripinfo], ${provide}}`, /no API/],
    ['twice', `- {resources: [secrets, secrets], ${provide}}`, /twice/],
    ['an overlap', `- {resources: [secrets, "*."], ${provide}}`, /wildcard/],
    ['an overlap with all', `- {resources: [secrets, "*.*"], ${provide}}`, /covers/],
    ['hidden', `- {resources: ["*."], ${provide}}\n- {resources: [secrets], ${provide}}`, /hidden by `\*\.`/],
    [
      'hidden by all',
      `- {resources: ["*.*"], ${provide}}\n- {resources: ["*."], ${provide}}`,
      /hidden by `\*\.\*`/,
    ],
    [
      'kms v3',
      '- {resources: [a], providers: [{kms: {name: a, endpoint: "unix:///a", apiVersion: v3}}]}',
      /v1 or v2/,
    ],
    ['kms over TCP', '- {resources: [a], providers: [{kms: {name: a, endpoint: "tcp://a"}}]}', /unix socket/],
    [
      'kms without a name',
      '- {resources: [a], providers: [{kms: {endpoint: "unix:///a"}}]}',
      /name` is missing/,
    ],
  ])('%s', (_name, entries, message) => {
    expect(readEncryptionConfiguration(HEAD + entries).fault?.message).toMatch(message)
  })

  it('never throws, whatever the entries', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (resources, providers) => {
        for (const entries of [
          resources,
          [{ resources, providers }],
          [{ resources: ['secrets'], providers: [providers] }],
        ]) {
          const config = {
            apiVersion: 'apiserver.config.k8s.io/v1',
            kind: 'EncryptionConfiguration',
            resources: entries,
          }
          readEncryptionConfiguration(JSON.stringify(config))
        }
      }),
    )
  })
})
