import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Authority } from '../../../test/kit/authority.js'
import type { FileFacts, LintWorld } from './lint-file.js'
import { lintKubeconfigs } from './lint-kubeconfigs.js'

const DAY = 24 * 60 * 60 * 1000
const NOW = new Date()

function worldWith(files: Readonly<Record<string, { text?: string; mode?: number }>> = {}): LintWorld {
  const facts = (file: string): FileFacts | undefined =>
    Object.hasOwn(files, file) ? { mode: files[file]?.mode ?? 0o600, isRegular: true } : undefined
  return {
    cwd: '/home/anna',
    now: NOW,
    expiringWithin: 30 * DAY,
    facts,
    read: (file) => (files[file]?.text === undefined ? undefined : Buffer.from(files[file]?.text ?? '')),
    findProgram: (command) => (command === 'kubelogin' ? '/usr/bin/kubelogin' : undefined),
  }
}

const lint = (text: string, world = worldWith()): string[] =>
  lintKubeconfigs([{ file: 'c', text }], world)
    .filter(({ rule }) => rule !== 'unused-entry')
    .map(({ rule, level, line }) => `${line} ${level} ${rule}`)

const user = (fields: string): string => `users:\n- name: u\n  user:\n    ${fields}\n`
const cluster = (fields: string): string =>
  `clusters:\n- name: c\n  cluster:\n    server: https://c\n    ${fields}\n`
const token = (claims: object): string => `a.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c`
const seconds = (days: number): number => Math.floor((NOW.getTime() + days * DAY) / 1000)

describe('lintKubeconfigs', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    [
      'a good file',
      `${cluster('tls-server-name: c')}${user('tokenFile: /t')}contexts:\n- name: x\n  context: {cluster: c, user: u}\ncurrent-context: x\n`,
      ['9 error missing-file'],
    ],
    ['http', cluster('').replace('https', 'http'), ['4 error http-server']],
    ['no scheme', cluster('').replace('https://', ''), ['4 error http-server']],
    ['skipped verification', cluster('insecure-skip-tls-verify: true'), ['5 error skipped-verification']],
    ['a proxy', cluster('proxy-url: http://p'), ['5 warning proxy-url']],
    ['a proxy that is none', cluster('proxy-url: ftp://p'), ['5 error proxy-url']],
    [
      'an authority that is none',
      cluster('certificate-authority-data: YQ=='),
      ['5 error unreadable-certificate'],
    ],
    [
      'an authority that is missing',
      cluster('certificate-authority: ca.crt'),
      ['5 error unreadable-certificate'],
    ],
    ['a static token', user('token: abc'), ['4 error long-lived-credential']],
    [
      'a token of an account that never ends',
      user(`token: ${token({ sub: 'system:serviceaccount:a:b' })}`),
      ['4 error long-lived-credential'],
    ],
    ['a token of a year', user(`token: ${token({ exp: seconds(365) })}`), ['4 error long-lived-credential']],
    ['a token of an hour', user(`token: ${token({ exp: seconds(1 / 24) })}`), []],
    ['an expired token', user(`token: ${token({ exp: seconds(-1) })}`), ['4 warning expired-token']],
    ['a password', user('username: a\n    password: b'), ['5 error basic-credential']],
    [
      'token and password',
      user('token: abc\n    password: b'),
      ['4 error long-lived-credential', '4 error two-credentials', '5 error basic-credential'],
    ],
    ['impersonation', user('as: root'), ['4 warning impersonation']],
    [
      'impersonation of masters',
      user('as: root\n    as-groups: ["system:masters"]'),
      ['4 error impersonation'],
    ],
    ['groups without a user', user('as-groups: [a]'), ['4 error impersonation']],
    [
      'an auth-provider that is gone',
      user('auth-provider: {name: gcp, config: {cmd-path: /bin/sh}}'),
      ['4 error removed-auth-provider'],
    ],
    ['oidc', user('auth-provider: {name: oidc}'), ['4 warning long-lived-credential']],
    [
      'a plug-in that is not there',
      user('exec: {command: nope, apiVersion: client.authentication.k8s.io/v1beta1}'),
      ['4 warning exec-plugin', '4 error exec-plugin-missing'],
    ],
    [
      'a plug-in of an old version',
      user('exec: {command: "", apiVersion: client.authentication.k8s.io/v1alpha1}'),
      [
        '4 warning exec-plugin',
        '4 error exec-plugin-missing',
        '4 error exec-plugin-fields',
        '4 error exec-plugin-fields',
      ],
    ],
    ['an unknown field', user('token-file: /t'), ['4 warning unknown-field']],
    ['a name twice', 'users: [{name: a}, {name: a}]', ['1 error duplicate-name']],
    [
      'several names twice, each at its place',
      'users:\n- name: a\n- name: a\n- name: b\n- name: c\n- name: c\n- name: c\n',
      ['3 error duplicate-name', '6 error duplicate-name', '7 error duplicate-name'],
    ],
    [
      'a context that leads nowhere',
      'contexts:\n- name: x\n  context:\n    cluster: c\n    user: u\n    namespace: A_b\n',
      ['4 error dangling-reference', '5 error dangling-reference', '6 error bad-namespace'],
    ],
    [
      'a current context that is not there',
      'kind: Config\ncurrent-context: x',
      ['2 error dangling-reference'],
    ],
    ['a text', 'hello', ['1 error unreadable']],
    ['broken YAML', 'a: b\nc: [', ['2 error unreadable']],
    [
      'a server that is a number',
      'clusters:\n- name: c\n  cluster:\n    server: 5\n',
      ['4 error unreadable', '4 error no-server'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(lint(text)).toEqual(expected)
  })

  it('judges the modes of the file, of keys, and of the program', () => {
    const text = user(
      'tokenFile: t\n    client-key: /k\n    exec: {command: kubelogin, interactiveMode: Never, apiVersion: client.authentication.k8s.io/v1}',
    )
    const files = {
      '/home/anna/c': { mode: 0o644 },
      '/home/anna/t': { mode: 0o640 },
      '/k': { mode: 0o600 },
      '/usr/bin/kubelogin': { mode: 0o777 },
    }
    // No secret is in the file itself: that others read it is no fault.
    expect(lint(text, worldWith(files))).toEqual([
      '4 error open-permissions',
      '6 warning exec-plugin',
      '6 error exec-plugin-writable',
    ])
    expect(lint(user('token: abc'), worldWith({ '/home/anna/c': { mode: 0o640 } }))[0]).toBe(
      '1 error open-permissions',
    )
    expect(lint('kind: Config', worldWith({ '/home/anna/c': { mode: 0o622 } }))).toEqual([
      '1 error open-permissions',
    ])
  })

  it('lets the first of several files win', () => {
    const texts = ['a', 'b'].map((file) => ({
      file,
      text: 'contexts: [{name: x, context: {cluster: c, user: u}}]\n',
    }))
    const both = [
      ...texts,
      { file: 'd', text: 'clusters: [{name: c, cluster: {server: https://c}}]\nusers: [{name: u}]' },
    ]
    expect(
      lintKubeconfigs(both, worldWith()).map(({ file, rule, message }) => [file, rule, message]),
    ).toEqual([['b', 'duplicate-name', 'does not count: `a` comes first and has one of that name']])
  })

  it('shows no secret', () => {
    const text =
      user(
        'token: s3cret\n    password: s3cret\n    exec: {command: p, args: [--client-secret, s3cret, --token=s3cret]}',
      ) +
      cluster('proxy-url: http://u:s3cret@p') +
      'contexts: [{name: a}, {name: a}]'
    expect(JSON.stringify(lintKubeconfigs([{ file: 'c', text }], worldWith()))).not.toContain('s3cret')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `{"users": ${json}, "clusters": ${json}}`),
        ),
        (text) => {
          lintKubeconfigs([{ file: 'c', text }], worldWith())
        },
      ),
    )
  })
})

describe('certificates', () => {
  let folder = ''
  let pem: Record<string, string> = {}
  const data = (name: string): string => Buffer.from(pem[name] ?? '').toString('base64')
  const withPair = (cert: string, key: string, more = ''): string =>
    `${user(`client-certificate-data: ${data(cert)}\n    client-key-data: ${data(key)}`)}${more}`

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'lint-'))
    const authority = await Authority.create(folder)
    const other = await Authority.create(folder, 'other')
    const issue = async (name: string, life: number, groups: string[] = []): Promise<void> => {
      const files = await authority.issue(name, { name, client: true, life, groups })
      pem[name] = readFileSync(files.cert, 'utf8')
      pem[`${name}-key`] = readFileSync(files.key, 'utf8')
    }
    await issue('short', 40 * DAY)
    await issue('soon', 5 * DAY)
    await issue('old', -60_000)
    await issue('long', 400 * DAY)
    await issue('master', 40 * DAY, ['system:masters'])
    pem = {
      ...pem,
      ca: readFileSync(authority.files.cert, 'utf8'),
      other: readFileSync(other.files.cert, 'utf8'),
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each<[string, string, string, string[]]>([
    ['good', 'short', 'short-key', []],
    ['of a few days', 'soon', 'soon-key', []],
    ['ended', 'old', 'old-key', ['4 error expired-certificate']],
    ['of a year', 'long', 'long-key', ['4 warning long-lived-credential']],
    ['of masters', 'master', 'master-key', ['4 warning masters-certificate']],
    ['with the key of another', 'short', 'soon-key', ['5 error key-mismatch']],
    ['with a key that is none', 'short', 'ca', ['5 error unreadable-key']],
    ['that is a key', 'short-key', 'short-key', ['4 error unreadable-certificate']],
  ])('%s', (_name, cert, key, expected) => {
    expect(lint(withPair(cert, key))).toEqual(expected)
  })

  it('that is about to end', () => {
    const later = { ...worldWith(), now: new Date(NOW.getTime() + 35 * DAY) }
    expect(lint(withPair('short', 'short-key'), later)).toEqual(['4 warning expiring-certificate'])
  })

  it('without a key', () => {
    expect(lint(user(`client-certificate-data: ${data('short')}`))).toEqual(['4 error no-key'])
  })

  it('of another authority than the cluster', () => {
    const joined = (authority: string): string =>
      withPair(
        'short',
        'short-key',
        `clusters: [{name: c, cluster: {server: "https://c", certificate-authority-data: ${data(authority)}}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n`,
      )
    const found = (authority: string): boolean => lint(joined(authority)).includes('4 hint other-authority')
    expect(found('ca')).toBe(false)
    expect(found('other')).toBe(true)
  })
})
