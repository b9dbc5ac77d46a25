import { describe, expect, it } from 'vitest'
import {
  alternativeName,
  parseListen,
  reachable,
  refusePublic,
  serverNames,
  tcpWord,
} from './plan-addresses.js'
import { clientFiles, clientName, contextName } from './plan-client-place.js'

describe('addresses to listen on', () => {
  it.each([
    ['10.0.0.5', 'tcp://10.0.0.5:2376'],
    ['10.0.0.5:1234', 'tcp://10.0.0.5:1234'],
    ['localhost', 'tcp://localhost:2376'],
    ['fd00::5', 'tcp://[fd00::5]:2376'],
    ['[fd00::5]:99', 'tcp://[fd00::5]:99'],
  ])('%s', (text, word) => expect(tcpWord(parseListen(text))).toBe(word))

  it.each([
    '',
    'build-1',
    'tcp://10.0.0.5',
    '10.0.0.5:0',
    '10.0.0.5:70000',
    '10.0.0',
    '[fd00::5',
    '10.0.0.5:x',
  ])('%j is refused', (text) => expect(() => parseListen(text)).toThrow())

  it.each(['8.8.8.8', '0.0.0.0', '::', '2a00::1', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(() => refusePublic([{ address, port: 2376 }], false)).toThrow(/--allow-public/)
    expect(() => refusePublic([{ address, port: 2376 }], true)).not.toThrow()
  })

  it.each(['10.1.2.3', '127.0.0.1', '192.168.0.1', 'fd00::1', 'localhost', '100.64.0.1'])(
    '%s is not',
    (address) => expect(() => refusePublic([{ address, port: 2376 }], false)).not.toThrow(),
  )

  it('that stand for all are asked on loopback', () => {
    expect(['0.0.0.0', '::', '10.0.0.5'].map((address) => reachable({ address, port: 1 }).address)).toEqual([
      '127.0.0.1',
      '::1',
      '10.0.0.5',
    ])
  })
})

describe('names of the certificate', () => {
  it('are every name and address, each once', () => {
    const names = serverNames({
      named: ['build.example', '127.0.0.1'],
      endpoints: [{ address: '0.0.0.0', port: 2376 }],
      hostname: 'build-1',
      hostAddresses: ['10.0.0.5', 'fd00::5'],
    })
    expect(names.map(({ type, value }) => `${type} ${value}`)).toEqual([
      'dns build.example',
      'ip 127.0.0.1',
      'ip 10.0.0.5',
      'ip fd00::5',
      'dns build-1',
      'dns localhost',
      'ip ::1',
    ])
  })

  it.each(['', 'a b', '10.0.0', 'https://x', '-a', 'a..b', 'x'.repeat(300)])('%j is none', (name) =>
    expect(() => alternativeName(name)).toThrow(),
  )
})

describe('places of a client', () => {
  it('a context has the folders that docker looks for', () => {
    const { key, meta } = clientFiles(
      { kind: 'context', folder: '/c', name: 'x' },
      { address: '10.0.0.5', port: 2376 },
    )
    const id = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'
    expect([key, meta?.path]).toEqual([
      `/c/contexts/tls/${id}/docker/key.pem`,
      `/c/contexts/meta/${id}/meta.json`,
    ])
    expect(JSON.parse(meta?.text ?? '')).toMatchObject({
      Name: 'x',
      Endpoints: { docker: { Host: 'tcp://10.0.0.5:2376', SkipTLSVerify: false } },
    })
  })

  it.each(['default', 'a', '../x', 'a/b', ''])('%j is no name of a context', (name) =>
    expect(() => contextName(name)).toThrow(),
  )
  it.each(['server', '', 'a b', '-a', 'x'.repeat(65), 'a\n'])('%j is no name of a client', (name) =>
    expect(() => clientName(name)).toThrow(),
  )
})
