import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentUser } from '../current-user.js'
import { goJson, kubeconfigFields } from '../load/print-kubeconfig.js'
import { base64Fault } from './go-base64.js'
import { readKubeconfig } from './read-kubeconfig.js'

describe('readKubeconfig', () => {
  it('gives a fault or a config for every text, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"clusters": ${json}}`),
        ),
        (text) => {
          const { config, fault } = readKubeconfig(text)
          expect((config === undefined) !== (fault === undefined)).toBe(true)
        },
      ),
    )
  })

  it('reads what it prints', () => {
    const text = fc.string({ unit: 'grapheme' })
    const entry = fc.record({
      server: text,
      'proxy-url': text,
      'certificate-authority-data': fc.base64String(),
    })
    const list = fc.uniqueArray(fc.record({ name: text, cluster: entry }), { selector: ({ name }) => name })
    fc.assert(
      fc.property(list, text, (clusters, current) => {
        const { config } = readKubeconfig(JSON.stringify({ clusters, 'current-context': current }))
        if (config === undefined) throw new Error('it is a kubeconfig')
        const printed = goJson(kubeconfigFields(config))
        expect(readKubeconfig(printed).config).toEqual(config)
      }),
    )
  })

  it('reads 10 MB in a few seconds', () => {
    const one = (at: number): string =>
      `- name: c${at}\n  cluster: {server: "https://c${at}", tls-server-name: ${'x'.repeat(900)}}\n`
    const text = `clusters:\n${Array.from({ length: 11_000 }, (_, at) => one(at)).join('')}`
    expect(text.length).toBeGreaterThan(10_000_000)
    expect(readKubeconfig(text).config?.clusters.size).toBe(11_000)
  })

  it('names no token in its messages', () => {
    const { fault } = readKubeconfig(
      'users: [{name: u, user: {token: s3cret}}, {name: u, user: {token: s3cret}}]',
    )
    expect(fault?.message).toContain('duplicate name "u"')
    expect(fault?.message).not.toContain('s3cret')
  })
})

describe('base64Fault', () => {
  it.each<[string, number | undefined]>([
    ['', undefined],
    ['YQ==', undefined],
    ['YW\nJj\r\n', undefined],
    ['YQ=\n=', undefined],
    ['YQ', 0],
    ['YWJjZA', 4],
    ['!', 0],
    ['YWJ!', 3],
    ['=', 0],
    ['YQ=', 3],
    ['YQ=x', 2],
    ['YQ==Y', 4],
    ['YWI=YWI=', 4],
  ])('%j stops at %j', (text, expected) => {
    expect(base64Fault(text)).toBe(expected)
  })
})

describe('currentUser', () => {
  const text = (user: string): string =>
    `users: [{name: u, user: {${user}}}]\ncontexts: [{name: x, context: {user: u}}]\ncurrent-context: x\n`

  it('reads a text whose secrets are redacted', () => {
    expect(
      currentUser(text('client-certificate: /c, client-key-data: [redacted], token: [redacted]')),
    ).toEqual({
      name: 'u',
      certificateFile: '/c',
      hasToken: true,
      hasExec: false,
    })
  })

  it.each(['', 'hello', 'kind: Pod', 'current-context: y', text('token: 5')])('knows none in %j', (bad) => {
    expect(currentUser(bad)).toBeUndefined()
  })
})
