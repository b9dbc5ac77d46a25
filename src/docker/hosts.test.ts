import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressScope } from './address.js'
import { formatDaemonHost, parseDaemonHost } from './hosts.js'
import { registryScope } from './registry-address.js'

const plain = { tls: false }

describe('parseDaemonHost', () => {
  // Source: moby v28.3.3 opts/hosts_test.go, TestParseDockerDaemonHost, TestParseTCP, TestParseInvalidUnixAddrInvalid.
  it.each([
    ['tcp://', 'tcp://localhost:2375'],
    ['tcp://:', 'tcp://localhost:2375'],
    ['tcp://:5555', 'tcp://localhost:5555'],
    [':5555', 'tcp://localhost:5555'],
    ['tcp://0.0.0.0', 'tcp://0.0.0.0:2375'],
    ['0.0.0.0:4243', 'tcp://0.0.0.0:4243'],
    ['192.168.1.1', 'tcp://192.168.1.1:2375'],
    ['[::1]', 'tcp://[::1]:2375'],
    ['[::1]:5555', 'tcp://[::1]:5555'],
    ['tcp://[0:0:0:0:0:0:0:1]:', 'tcp://[0:0:0:0:0:0:0:1]:2375'],
    ['localhost', 'tcp://localhost:2375'],
    [' tcp://10.0.0.1:2376 ', 'tcp://10.0.0.1:2376'],
    ['unix://', 'unix:///var/run/docker.sock'],
    ['unix:///run/docker.sock', 'unix:///run/docker.sock'],
    ['npipe://', 'npipe:////./pipe/docker_engine'],
    ['fd://', 'fd://'],
    ['fd://3', 'fd://3'],
    ['', 'unix:///var/run/docker.sock'],
  ])('%j is %s', (word, expected) => {
    expect(formatDaemonHost(parseDaemonHost(word, plain))).toBe(expected)
  })

  it.each([
    'tcp:a.b.c.d',
    'tcp:a.b.c.d/path',
    'tcp://127.0.0.1/',
    'tcp://127.0.0.1:0',
    'tcp://127.0.0.1:65536',
    'tcp://127.0.0.1:x',
    '127.0.0.1:5555/path',
    'udp://127.0.0.1',
    'http://127.0.0.1',
    'unix://tcp://127.0.0.1',
    'npipe://unix://x',
    '0:0:0:0:0:0:0:1',
    '[::1',
  ])('refuses %j', (word) => {
    expect(parseDaemonHost(word, plain).kind).toBe('invalid')
  })

  it('knows the empty word by TLS and by a rootless daemon', () => {
    expect(formatDaemonHost(parseDaemonHost('', { tls: true }))).toBe('tcp://localhost:2376')
    expect(formatDaemonHost(parseDaemonHost(' ', { tls: false, runtimeDir: '/run/user/1000' }))).toBe(
      'unix:///run/user/1000/docker.sock',
    )
    expect(formatDaemonHost(parseDaemonHost('tcp://10.0.0.1', { tls: true }))).toBe('tcp://10.0.0.1:2375')
  })

  it('reads what it prints', () => {
    const address = fc.oneof(
      fc.ipV4(),
      fc.ipV6().filter((text) => !text.includes('.')),
      fc.domain(),
    )
    fc.assert(
      fc.property(address, fc.integer({ min: 1, max: 65535 }), (host, port) => {
        const word = `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`
        const read = parseDaemonHost(word, plain)
        expect(read).toMatchObject({ kind: 'tcp', address: host, port })
        expect(parseDaemonHost(formatDaemonHost(read), plain)).toEqual(read)
      }),
    )
  })

  it('never throws and never takes a stranger for loopback', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: 'binary' })),
        fc.boolean(),
        (word, tls) => {
          const read = parseDaemonHost(word, { tls })
          if (read.kind === 'tcp' && read.scope === 'loopback') {
            expect(read.address).toMatch(/^127\.|^localhost\.?$|\.localhost\.?$|^[0:]*:0*1$|^::ffff:/i)
          }
        },
      ),
    )
  })
})

describe('addressScope', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['localhost', 'loopback'],
    ['LOCALHOST.', 'loopback'],
    ['localhost.example', 'name'],
    ['0.0.0.0', 'all'],
    ['::', 'all'],
    ['0:0:0:0:0:0:0:0', 'all'],
    ['::ffff:0.0.0.0', 'all'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.0.1', 'private'],
    ['169.254.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['100.128.0.1', 'public'],
    ['8.8.8.8', 'public'],
    ['fe80::1%eth0', 'private'],
    ['fd12::1', 'private'],
    ['2001:db8::1', 'public'],
    ['::ffff:8.8.8.8', 'public'],
    ['node-1.example', 'name'],
  ])('%s is %s', (address, scope) => {
    expect(addressScope(address)).toBe(scope)
  })
})

describe('registryScope', () => {
  it.each([
    ['127.0.0.0/8', 'loopback'],
    ['::1/128', 'loopback'],
    ['126.0.0.0/7', 'public'],
    ['127.0.0.0/7', 'public'],
    ['0.0.0.0/0', 'all'],
    ['10.0.0.0/8', 'private'],
    ['localhost:5000', 'loopback'],
    ['[::1]:5000', 'loopback'],
    ['http://127.0.0.1:5000/v2', 'loopback'],
    ['registry.example:443', 'name'],
  ])('%s is %s', (entry, scope) => {
    expect(registryScope(entry)).toBe(scope)
  })
})
