import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAEMON_KEYS, readDaemonJson } from './daemon-json.js'
import { dockerdFlags, dockerdFlagTable, isAcceptedKey } from './dockerd-flags.js'
import { optionValue } from './option-values.js'
import { isMaintained, releaseOf, RELEASES } from './releases.js'

describe('readDaemonJson', () => {
  // Compared with a real dockerd in test/e2e/dockerd.test.ts.
  it.each([
    ['{"icc": false,}', 'syntax', '20.10'],
    ['[]', 'wrong-type', undefined],
    ['{"hosts": {}}', 'wrong-type', undefined],
    ['{"icc": "false"}', 'wrong-type', undefined],
    ['{"shutdown-timeout": 1.5}', 'wrong-type', undefined],
    ['{"log-opts": {"max-file": 3}}', 'wrong-type', undefined],
    ['{"features": {"cdi": "yes"}}', 'wrong-type', undefined],
    ['{"dns": [1]}', 'wrong-type', undefined],
    ['{"proxies": {"http-proxy": 1}}', 'wrong-type', '28.3'],
    ['{"no-such": 1}', 'unknown-key', undefined],
    ['{"foo": {"bar": 1}}', 'unknown-key', undefined],
    ['{"default-init": "x"}', 'unknown-key', undefined],
    ['{"graph": "/x"}', 'unknown-key', '28.3'],
    ['{"host-gateway-ip": "1.1.1.1", "host-gateway-ips": []}', 'conflict', '28.3'],
    ['', 'syntax', '20.10'],
  ])('%s: %s', (text, kind, release) => {
    const { faults } = readDaemonJson(text, release)
    expect(faults.map((fault) => [fault.kind, fault.certain])).toEqual([[kind, true]])
  })

  it.each([
    'null',
    '{}',
    '{"graph": null}',
    '{"icc": null, "hosts": null, "log-opts": null}',
    '{"default-shm-size": 67108864}',
  ])('takes %s in 20.10', (text) => {
    expect(readDaemonJson(text, '20.10').faults).toEqual([])
  })

  it('is unsure of what only some releases know', () => {
    expect(readDaemonJson('{"allow-direct-routing": true}', undefined).faults).toMatchObject([
      { certain: false },
    ])
    expect(readDaemonJson('\n', undefined).faults).toMatchObject([{ certain: false }])
    expect(readDaemonJson('', '28.3').faults).toEqual([])
  })

  it('says which keys reach the daemon', () => {
    const text =
      '{"proxies": {"http-proxy": "a"}, "http-proxy": "b", "host": ["c"], "x": {"icc": false, "bip": "d"}}'
    const keys = readDaemonJson(text, '28.3').keys.map(({ key, path, effective }) => [
      key,
      path.join('.'),
      effective,
    ])
    expect(keys).toEqual([
      ['http-proxy', 'proxies.http-proxy', true],
      ['http-proxy', 'http-proxy', false],
      ['host', 'host', false],
      ['icc', 'x.icc', true],
      ['bip', 'x.bip', false],
    ])
  })

  it('never throws, whatever stands in any key', () => {
    const key = fc.oneof(fc.constantFrom(...DAEMON_KEYS, '__proto__', 'constructor'), fc.string())
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.dictionary(key, fc.jsonValue()).map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(text, fc.constantFrom(undefined, ...RELEASES), (given, release) => {
        const { readable, faults } = readDaemonJson(given, release)
        expect(readable || faults.length > 0).toBe(true)
      }),
    )
  })
})

describe('what releases know', () => {
  it.each([
    ['5:27.5.1-1~debian.12~bookworm', '27.5'],
    ['20.10.24+dfsg1', '20.10'],
    ['28.0.1', '28.3'],
    ['29.1.0', '29.0'],
    ['19.03.15', undefined],
    ['garbage', undefined],
    [undefined, undefined],
  ])('%s is of %s', (version, release) => {
    expect(releaseOf(version)).toBe(release)
  })

  it('keeps defaults that changed apart', () => {
    const of = (name: string, release?: string) =>
      dockerdFlags(release).find((flag) => flag.name === name)?.default
    expect([of('ip6tables', '26.1'), of('ip6tables', '27.5'), of('ip6tables')]).toEqual([
      false,
      true,
      undefined,
    ])
    expect([of('seccomp-profile', '20.10'), of('seccomp-profile')]).toEqual(['builtin', 'builtin'])
    expect(of('userland-proxy', '29.0')).toBe(true)
  })

  it('has flags of one release alone in its table', () => {
    expect(dockerdFlagTable('20.10')).not.toHaveProperty('validate')
    expect(dockerdFlagTable('28.3')).toMatchObject({
      host: { type: 'list', shorthand: 'H' },
      validate: { type: 'bool' },
    })
  })

  it.each([
    ['hosts', undefined, true],
    ['host', undefined, true],
    ['host-gateway-ips', '27.5', false],
    ['host-gateway-ips', undefined, undefined],
    ['features', '20.10', true],
    ['min-api-version', '28.3', false],
    ['Hosts', undefined, false],
  ])('key %s in %s: %s', (key, release, accepted) => {
    expect(isAcceptedKey(key, release)).toBe(accepted)
  })

  it('says which releases are mended', () => {
    expect(
      ['20.10.24', '24.0.9', '25.0.13', '26.1.5', '27.5.1', '28.3.3', '29.0.0', 'x'].map(isMaintained),
    ).toEqual([false, false, true, false, false, true, true, undefined])
  })

  it('makes the values of repeated options as daemon.json writes them', () => {
    expect(optionValue('map', ['max-size=1m', 'a=b=c', 'bare'])).toEqual({
      'max-size': '1m',
      a: 'b=c',
      bare: '',
    })
    expect(optionValue('switches', ['cdi', 'x=false', 'y=true'])).toEqual({ cdi: true, x: false, y: true })
    expect(optionValue('runtimes', ['crun=/usr/bin/crun'])).toEqual({ crun: { path: '/usr/bin/crun' } })
    expect(optionValue('ulimits', ['nofile=1024:2048'])).toEqual({
      nofile: { Name: 'nofile', Hard: 2048, Soft: 1024 },
    })
    expect(optionValue('list', ['a', 'b'])).toEqual(['a', 'b'])
  })
})
