import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientFactHolds } from './client-facts.js'
import type { ClientInput, ClientOptions, SeenFile } from './client-input.js'
import { resolveClient, type ClientAnswer } from './resolve-client.js'

const NOW = Date.parse('2026-11-26T00:00:00Z') / 1000
const DAY = 86_400
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const authority: SeenFile = {
  kind: 'file',
  mode: 0o444,
  certificates: [{ subject: 'CN=authority', notBefore: 0, notAfter: NOW + 900 * DAY }],
}
const certificate = (more: object = {}): SeenFile => ({
  kind: 'file',
  mode: 0o444,
  certificates: [
    {
      subject: 'CN=alice',
      notBefore: 0,
      notAfter: NOW + 90 * DAY,
      publicKey: 'k',
      uses: ['1.3.6.1.5.5.7.3.2'],
      ...more,
    },
  ],
})
const key = (more: object = {}): SeenFile => ({
  kind: 'file',
  mode: 0o600,
  publicKeys: ['k'],
  encryptedKey: false,
  ...more,
})
const text = (content: string): SeenFile => ({ kind: 'file', mode: 0o644, text: content })

type Files = Readonly<Record<string, SeenFile>>
const mine: Files = {
  '/home/a/.docker/ca.pem': authority,
  '/home/a/.docker/cert.pem': certificate(),
  '/home/a/.docker/key.pem': key(),
}

function context(name: string, endpoint: object, files: Files = {}): Files {
  const id = sha256(name)
  return {
    [`/home/a/.docker/contexts/meta/${id}/meta.json`]: text(
      JSON.stringify({ Name: name, Endpoints: { docker: endpoint } }),
    ),
    ...Object.fromEntries(
      Object.entries(files).map(([file, seen]) => [
        `/home/a/.docker/contexts/tls/${id}/docker/${file}`,
        seen,
      ]),
    ),
  }
}

function ask(given: {
  readonly options?: ClientOptions
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Files
  readonly version?: string
}): ClientAnswer {
  const input: ClientInput = {
    options: given.options ?? {},
    environment: given.env ?? {},
    home: '/home/a',
    file: (path) => given.files?.[path] ?? { kind: 'absent' },
    sha256,
    now: NOW,
    version: given.version ?? '28.2.2',
  }
  return resolveClient(input)
}

const HOST = 'tcp://10.0.0.5:2376'

describe('which daemon, by which setting', () => {
  it.each<[string, Parameters<typeof ask>[0], string | undefined, string]>([
    ['nothing is set', {}, 'unix:///var/run/docker.sock', 'nothing'],
    ['DOCKER_HOST', { env: { DOCKER_HOST: HOST } }, HOST, 'DOCKER_HOST'],
    [
      'an option is stronger',
      { options: { hosts: [HOST] }, env: { DOCKER_HOST: 'tcp://b:1' } },
      HOST,
      '--host',
    ],
    [
      'DOCKER_HOST beats DOCKER_CONTEXT',
      { env: { DOCKER_HOST: HOST, DOCKER_CONTEXT: 'c' }, files: context('c', { Host: 'tcp://b:1' }) },
      HOST,
      'DOCKER_HOST',
    ],
    [
      '--context beats DOCKER_HOST',
      { options: { context: 'c' }, env: { DOCKER_HOST: 'tcp://b:1' }, files: context('c', { Host: HOST }) },
      HOST,
      '--context',
    ],
    [
      '--context default takes DOCKER_HOST',
      { options: { context: 'default' }, env: { DOCKER_HOST: HOST } },
      HOST,
      'DOCKER_HOST',
    ],
    [
      'currentContext of config.json',
      {
        files: {
          ...context('c', { Host: HOST }),
          '/home/a/.docker/config.json': text('{"currentContext":"c"}'),
        },
      },
      HOST,
      'currentContext',
    ],
    [
      'DOCKER_CONFIG names another folder',
      {
        env: { DOCKER_CONFIG: '/elsewhere' },
        files: { '/elsewhere/config.json': text('{"currentContext":"gone"}') },
      },
      undefined,
      'currentContext',
    ],
    [
      'TLS without a host',
      { env: { DOCKER_TLS_VERIFY: '1' }, files: mine },
      'tcp://localhost:2376',
      'nothing',
    ],
    ['ssh', { env: { DOCKER_HOST: 'ssh://ops@build' } }, 'ssh://ops@build', 'DOCKER_HOST'],
    [
      'ssh with a path',
      { env: { DOCKER_HOST: 'ssh://ops@build/run/docker.sock' } },
      'ssh://ops@build/run/docker.sock',
      'DOCKER_HOST',
    ],
    ['an IPv6 address', { env: { DOCKER_HOST: 'tcp://[::1]:2375' } }, 'tcp://[::1]:2375', 'DOCKER_HOST'],
    ['a path behind the port', { env: { DOCKER_HOST: 'tcp://b:1/x' } }, 'tcp://b:1/x', 'DOCKER_HOST'],
  ])('%s', (_name, given, daemon, setting) => {
    const answer = ask(given)
    expect([answer.daemon, answer.decidedBy.setting]).toEqual([daemon, setting])
  })

  it('shows no password, whatever becomes of the address', () => {
    for (const [host, decides] of [
      ['ssh://ops:hunter2@build', {}],
      ['http://ops:hunter2@build', {}],
      ['tcp://ops:hunter2@build:2376', { hosts: [HOST] }],
    ] as const) {
      const answer = ask({ env: { DOCKER_HOST: host }, options: decides })
      expect(JSON.stringify(answer)).not.toContain('hunter2')
      expect(JSON.stringify(answer)).toContain('ops:REDACTED@build')
    }
  })

  it('names what has no effect', () => {
    const { ignored } = ask({
      options: { context: 'c' },
      env: { DOCKER_HOST: 'tcp://b:1', DOCKER_TLS_VERIFY: '1' },
      files: context('c', { Host: HOST }),
    })
    expect(ignored.map(({ setting }) => setting)).toEqual(['DOCKER_HOST', 'DOCKER_TLS_VERIFY'])
  })
})

describe('how it talks', () => {
  it.each<[string, Parameters<typeof ask>[0], ClientAnswer['protection'], string]>([
    ['plain', { env: { DOCKER_HOST: HOST } }, 'none', 'no'],
    ['verified', { env: { DOCKER_HOST: HOST, DOCKER_TLS_VERIFY: '1' }, files: mine }, 'tls', 'yes'],
    ['any text verifies', { env: { DOCKER_HOST: HOST, DOCKER_TLS_VERIFY: '0' }, files: mine }, 'tls', 'yes'],
    ['DOCKER_TLS alone', { env: { DOCKER_HOST: HOST, DOCKER_TLS: '1' }, files: mine }, 'tls', 'no'],
    ['--tlsverify=false', { options: { hosts: [HOST], tlsverify: false }, files: mine }, 'tls', 'no'],
    [
      'DOCKER_CERT_PATH alone is no TLS',
      { env: { DOCKER_HOST: HOST, DOCKER_CERT_PATH: '/c' } },
      'none',
      'no',
    ],
    [
      'a context without files',
      { options: { context: 'c' }, files: context('c', { Host: HOST }) },
      'none',
      'no',
    ],
    [
      'a context with files',
      {
        options: { context: 'c' },
        files: context(
          'c',
          { Host: HOST },
          { 'ca.pem': authority, 'cert.pem': certificate(), 'key.pem': key() },
        ),
      },
      'tls',
      'yes',
    ],
    [
      'a context that skips',
      { options: { context: 'c' }, files: context('c', { Host: HOST, SkipTLSVerify: true }) },
      'tls',
      'no',
    ],
    ['the local socket', {}, 'local', 'not-asked'],
    ['ssh', { env: { DOCKER_HOST: 'ssh://a' } }, 'ssh', 'by-ssh'],
  ])('%s', (_name, given, protection, verified) => {
    const answer = ask(given)
    expect([answer.refusal, answer.protection, answer.server.verified]).toEqual([
      undefined,
      protection,
      verified,
    ])
  })
})

describe('why docker ends with an error', () => {
  const verify = { DOCKER_HOST: HOST, DOCKER_TLS_VERIFY: '1' }
  it.each<[string, Parameters<typeof ask>[0], RegExp]>([
    ['two hosts', { options: { hosts: ['tcp://a:1', 'tcp://b:1'] } }, /only one --host/],
    ['a password for ssh', { env: { DOCKER_HOST: 'ssh://ops:hunter2@build' } }, /takes no password/],
    ['ssh without a host', { env: { DOCKER_HOST: 'ssh://' } }, /names no host/],
    ['ssh with a query', { env: { DOCKER_HOST: 'ssh://build?x=1' } }, /no query and no fragment/],
    ['ssh with a fragment', { env: { DOCKER_HOST: 'ssh://build#x' } }, /no query and no fragment/],
    [
      'ssh with a path, before 24.0',
      { env: { DOCKER_HOST: 'ssh://build/run/docker.sock' }, version: '23.0.6' },
      /this version takes no path/,
    ],
    [
      'a context with a password for ssh',
      { options: { context: 'c' }, files: context('c', { Host: 'ssh://ops:hunter2@build' }) },
      /takes no password/,
    ],
    ['a socket of systemd', { options: { hosts: ['fd://'] } }, /no client connects to it/],
    ['a named pipe', { options: { hosts: ['npipe:////./pipe/docker_engine'] } }, /Windows alone/],
    ['an IPv6 address without a port', { options: { hosts: ['tcp://[::1]'] } }, /wants a port/],
    ['--host and --context', { options: { hosts: [HOST], context: 'c' } }, /exclude each other/],
    ['no such context', { options: { context: 'c' } }, /there is no context `c`/],
    [
      'an endpoint is missing',
      {
        options: { context: 'c' },
        files: { [`/home/a/.docker/contexts/meta/${sha256('c')}/meta.json`]: text('[]') },
      },
      /names no endpoint/,
    ],
    ['an unknown scheme', { env: { DOCKER_HOST: 'http://a' } }, /no address of a daemon/],
    ['no ca.pem', { env: verify }, /ca\.pem` does not exist/],
    [
      'no ca.pem, and a socket',
      { env: { DOCKER_TLS: '1', DOCKER_HOST: 'unix:///x' } },
      /ca\.pem` does not exist/,
    ],
    [
      'a key of another certificate',
      { env: verify, files: { ...mine, '/home/a/.docker/key.pem': key({ publicKeys: ['other'] }) } },
      /is not that of/,
    ],
    [
      'a key that is none',
      { env: verify, files: { ...mine, '/home/a/.docker/key.pem': key({ publicKeys: [] }) } },
      /holds no private key/,
    ],
    [
      'an encrypted key',
      {
        env: verify,
        files: { ...mine, '/home/a/.docker/key.pem': key({ publicKeys: [], encryptedKey: true }) },
      },
      /is encrypted/,
    ],
    [
      'a file that may not be read',
      {
        env: verify,
        files: { ...mine, '/home/a/.docker/key.pem': { kind: 'unreadable', reason: 'permission denied' } },
      },
      /permission denied/,
    ],
    [
      'TLS on a socket, 20.10',
      { env: { DOCKER_TLS: '1', DOCKER_HOST: 'unix:///x' }, files: mine, version: '20.10.24' },
      /local socket/,
    ],
  ])('%s', (_name, given, reason) => {
    expect(ask(given).refusal ?? '').toMatch(reason)
  })
})

describe('what it warns of', () => {
  const verify = { DOCKER_HOST: HOST, DOCKER_TLS_VERIFY: '1' }
  const withCert = (cert: SeenFile): Files => ({ ...mine, '/home/a/.docker/cert.pem': cert })
  it.each<[string, Parameters<typeof ask>[0], RegExp | undefined]>([
    ['nothing', { env: verify, files: mine }, undefined],
    ['plain TCP', { env: { DOCKER_HOST: HOST } }, /nothing is encrypted/],
    ['TLS on the port without', { env: { ...verify, DOCKER_HOST: 'tcp://10.0.0.5' }, files: mine }, /2375/],
    [
      'a text that looks like no',
      { env: { ...verify, DOCKER_TLS_VERIFY: 'false' }, files: mine },
      /any text at all means yes/,
    ],
    [
      'an ended certificate',
      { env: verify, files: withCert(certificate({ notAfter: NOW - DAY })) },
      /ended on 2026-11-25/,
    ],
    [
      'one that ends soon',
      { env: verify, files: withCert(certificate({ notAfter: NOW + 3 * DAY })) },
      /in 3 days/,
    ],
    [
      'one that is for servers',
      { env: verify, files: withCert(certificate({ uses: ['1.3.6.1.5.5.7.3.1'] })) },
      /not for clients/,
    ],
    [
      'a key that others read',
      { env: verify, files: { ...mine, '/home/a/.docker/key.pem': key({ mode: 0o644 }) } },
      /mode 0644/,
    ],
    [
      'no certificate',
      { env: verify, files: { '/home/a/.docker/ca.pem': authority } },
      /no client certificate is shown/,
    ],
    [
      'a broken config.json',
      { files: { '/home/a/.docker/config.json': text('{') } },
      /cannot be read as JSON/,
    ],
  ])('%s', (_name, given, warning) => {
    const { warnings } = ask(given)
    if (warning === undefined) expect(warnings).toEqual([])
    else expect(warnings.join('\n')).toMatch(warning)
  })
})

it('knows which facts hold for a version', () => {
  expect([
    clientFactHolds('tls-on-local-socket', '28.1.1'),
    clientFactHolds('tls-on-local-socket', '28.2.0'),
    clientFactHolds('encrypted-key', '20.10.24+dfsg1'),
    clientFactHolds('encrypted-key', undefined),
    clientFactHolds('encrypted-key', 'x'),
  ]).toEqual([true, false, false, undefined, undefined])
})

it('never throws, whatever stands in variables and files', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('default', HOST, 'unix://', '1', '/', 'ssh://', '{}', '[]'),
  )
  fc.assert(
    fc.property(word, word, word, word, word, (host, chosen, tls, config, meta) => {
      const answer = ask({
        env: { DOCKER_HOST: host, DOCKER_CONTEXT: chosen, DOCKER_TLS: tls, DOCKER_CERT_PATH: meta },
        files: {
          '/home/a/.docker/config.json': text(config),
          [`/home/a/.docker/contexts/meta/${sha256(chosen)}/meta.json`]: text(meta),
        },
      })
      expect(answer.daemon !== undefined || answer.refusal !== undefined).toBe(true)
    }),
  )
})
