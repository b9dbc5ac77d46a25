import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../model/index.js'
import { resolveDockerd, type ResolvedDockerd } from './resolve.js'

const FILE = '/etc/docker/daemon.json'

function resolve(args: readonly string[] | undefined, json?: string, version?: string): ResolvedDockerd {
  return resolveDockerd({
    host: 'docker-1',
    file: (path) => (path === FILE && json !== undefined ? { path, type: 'file', text: json } : undefined),
    filesSeen: true,
    defaultConfigFile: FILE,
    rootless: false,
    ...(args === undefined
      ? { argsGap: { reason: 'no-source' as const, detail: 'no unit was read' } }
      : { args: args.map((value) => ({ value })) }),
    ...(version === undefined ? {} : { version }),
  })
}

/** Value and kind of source, `?` with the reason where it is not known. */
function shown({ fact, config }: ResolvedDockerd, name: string): [JsonValue, string] {
  const answer = fact(name)
  if (!answer.known) return ['?', answer.reason]
  const kind = config.settings.find(({ setting }) => setting === name)?.source.kind ?? ''
  return [answer.value, kind]
}

describe('resolveDockerd', () => {
  it.each<[string, readonly string[], string | undefined, string, JsonValue, string]>([
    ['a default', [], undefined, 'icc', true, 'default'],
    ['false in the file beats a true default', [], '{"icc": false}', 'icc', false, 'file'],
    ['a flag', ['--icc=false'], '{}', 'icc', false, 'flag'],
    ['the last scalar flag', ['-l', 'debug', '--log-level=warn'], undefined, 'log-level', 'warn', 'flag'],
    ['an empty text in the file is the default', [], '{"log-level": ""}', 'log-level', 'info', 'default'],
    ['zero in the file is the default', [], '{"shutdown-timeout": 0}', 'shutdown-timeout', 15, 'default'],
    [
      'an empty list in the file is the default',
      [],
      '{"hosts": []}',
      'hosts',
      ['unix:///var/run/docker.sock'],
      'default',
    ],
    [
      'a list flag under the key of the file',
      ['--label', 'a=b', '--label=c=d'],
      undefined,
      'labels',
      ['a=b', 'c=d'],
      'flag',
    ],
    [
      'a list flag is not cut at commas',
      ['--exec-opt', 'a=b,c=d'],
      undefined,
      'exec-opts',
      ['a=b,c=d'],
      'flag',
    ],
    ['members of a map', [], '{"log-opts": {"max-size": "10m"}}', 'log-opts.max-size', '10m', 'file'],
    ['members of a map by flags', ['--log-opt', 'max-size=5m'], undefined, 'log-opts.max-size', '5m', 'flag'],
    ['no TLS', [], undefined, 'tls', false, 'default'],
    ['tls alone verifies', [], '{"tls": true}', 'tlsverify', true, 'default'],
    ['tls alone as flag verifies', ['--tls'], undefined, 'tlsverify', true, 'default'],
    ['tlsverify turns TLS on', ['--tlsverify'], undefined, 'tls', true, 'flag'],
    ['tlsverify false turns TLS on', [], '{"tlsverify": false}', 'tls', true, 'file'],
    ['tlsverify false stays', [], '{"tlsverify": false}', 'tlsverify', false, 'file'],
    ['tlsverify false as flag', ['--tlsverify=false'], '{}', 'tlsverify', false, 'flag'],
    ['the flag beats tls false of the file', ['--tlsverify'], '{"tls": false}', 'tls', true, 'flag'],
    ['tlsverify of the file beats --tls=false', ['--tls=false'], '{"tlsverify": true}', 'tls', true, 'file'],
    [
      'no CA where only the file turns TLS on',
      ['--tlscacert=/ca'],
      '{"tls": true}',
      'tlscacert',
      '',
      'default',
    ],
    ['the CA flag where a flag turns TLS on', ['--tls', '--tlscacert=/ca'], '{}', 'tlscacert', '/ca', 'flag'],
    [
      'the usual CA where a flag turns TLS on',
      ['--tlsverify'],
      '{}',
      'tlscacert',
      '/root/.docker/ca.pem',
      'default',
    ],
    ['quotes around a file', ['--tls', '--tlscacert="/ca"'], '{}', 'tlscacert', '/ca', 'flag'],
    ['TLS without hosts', ['--tls'], undefined, 'hosts', ['tcp://localhost:2376'], 'default'],
  ])('%s', (_name, args, json, setting, value, kind) => {
    expect(shown(resolve(args, json), setting)).toEqual([value, kind])
  })

  it('names both places of a conflict, and who lost', () => {
    const { config, faults } = resolve(['-H', 'fd://'], '{\n  "hosts": ["tcp://10.0.0.1"]\n}')
    expect(config.refusal?.message).toBe(
      '`hosts` stands both as flag `-H` (argument 0) and in `/etc/docker/daemon.json` (line 2)',
    )
    expect(faults[0]).toMatchObject({
      kind: 'conflict',
      origin: { file: FILE, line: 2 },
      also: { argIndex: 0 },
    })
    const hosts = config.settings.find(({ setting }) => setting === 'hosts')
    expect(hosts).toMatchObject({
      value: ['fd://'],
      source: { kind: 'flag', argIndex: 0 },
      overridden: [{ value: ['tcp://10.0.0.1'], source: { kind: 'file', line: 2 } }],
    })
  })

  it('gives each member of a map its own line or flag', () => {
    const { config } = resolve([], '{"log-opts": {\n"max-size": "1m",\n"max-file": "2"}}')
    expect(config.settings.find(({ setting }) => setting === 'log-opts.max-file')?.source.line).toBe(3)
    const flags = resolve(['--log-opt', 'a=1', '--log-opt', 'b=2'], undefined)
    expect(flags.config.settings.find(({ setting }) => setting === 'log-opts.b')?.source.argIndex).toBe(2)
  })

  it('knows what the file says although no flag was seen, and nothing else', () => {
    const alone = resolve(undefined, '{"icc": false, "tls": false, "tlsverify": false, "log-level": ""}')
    expect(shown(alone, 'icc')).toEqual([false, 'file'])
    expect(shown(alone, 'tlsverify')).toEqual([false, 'file'])
    expect(shown(resolve(undefined, '{"tls": false}'), 'tls')).toEqual(['?', 'no-source'])
    expect(shown(alone, 'log-level')).toEqual(['?', 'no-source'])
    expect(shown(alone, 'hosts')).toEqual(['?', 'no-source'])
  })

  it('knows what flags say although the file cannot be parsed, and nothing else', () => {
    const broken = resolve(['--icc=false'], '{"debug": true,}')
    expect(broken.config.refusal?.origin).toMatchObject({ file: FILE, line: 1 })
    expect(shown(broken, 'icc')).toEqual([false, 'flag'])
    expect(shown(broken, 'debug')).toEqual(['?', 'unparsable'])
  })

  it('does not know a default that depends on the release', () => {
    expect(shown(resolve([], '{}'), 'ip6tables')).toEqual(['?', 'version-unknown'])
    expect(shown(resolve([], '{}', '26.1.5'), 'ip6tables')).toEqual([false, 'default'])
  })

  it('reads the file that --config-file names, and says when it was not seen', () => {
    const other = resolve(['--config-file=/etc/other.json'], '{"icc": false}')
    expect(other.config.gaps).toMatchObject([{ reason: 'no-source' }])
    expect(shown(other, 'icc')).toEqual(['?', 'no-source'])
  })

  it('takes either place alike: what a key of the file says, its flag says too', () => {
    const switches = fc.constantFrom(
      'icc',
      'live-restore',
      'no-new-privileges',
      'iptables',
      'debug',
      'experimental',
    )
    fc.assert(
      fc.property(switches, fc.boolean(), (name, value) => {
        const byFile = resolve([], JSON.stringify({ [name]: value }))
        const byFlag = resolve([`--${name}=${value}`], '{}')
        expect(shown(byFile, name)[0]).toBe(value)
        expect(shown(byFlag, name)[0]).toBe(value)
        expect(
          resolve([`--${name}=${value}`], JSON.stringify({ [name]: value })).config.refusal,
        ).toBeDefined()
      }),
    )
  })

  it('never throws, and gives every setting once, in order', () => {
    const word = fc.oneof(
      fc.constantFrom('-H', '--tls', '--tlsverify=false', '--log-opt', '--', '--icc', '-D'),
      fc.string(),
    )
    const json = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .dictionary(
          fc.constantFrom('hosts', 'tls', 'tlsverify', 'log-opts', 'runtimes', 'icc', 'x'),
          fc.jsonValue(),
        )
        .map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), json, (args, text) => {
        const names = resolve(args, text).config.settings.map(({ setting }) => setting)
        expect(names).toEqual([...new Set(names)].sort())
      }),
    )
  })
})
