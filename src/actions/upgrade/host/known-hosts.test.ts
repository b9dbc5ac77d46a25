import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  judgeHostKey,
  keyFingerprint,
  keyType,
  knownHostName,
  knownKeyTypes,
  matchesHost,
  readKnownHosts,
} from './known-hosts.js'

const keyOf = (type: string, filling: string): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(type.length)
  return Buffer.concat([length, Buffer.from(type), Buffer.from(filling)])
}
const ed = keyOf('ssh-ed25519', 'one')
const other = keyOf('ssh-ed25519', 'other')
const rsa = keyOf('ssh-rsa', 'one')
const text = (key: Buffer): string => `${keyType(key) ?? ''} ${key.toString('base64')}`
const entries = (...lines: string[]) => readKnownHosts('known', lines.join('\n')).entries
const hashed = (name: string): string => {
  const salt = Buffer.alloc(20, 7)
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

describe('judgeHostKey', () => {
  it.each([
    ['plain', [`host ${text(ed)}`], 'known'],
    ['one of several names', [`a,host,b ${text(ed)}`], 'known'],
    ['upper case is the same name', [`HOST ${text(ed)}`], 'known'],
    ['a pattern', [`h?s* ${text(ed)}`], 'known'],
    ['a pattern with this host taken out', [`h*,!host ${text(ed)}`], 'unknown'],
    ['hashed', [`${hashed('host')} ${text(ed)}`], 'known'],
    ['another hashed name', [`${hashed('other')} ${text(ed)}`], 'unknown'],
    ['another key of the type', [`host ${text(other)}`], 'changed'],
    ['another key, and this one too', [`host ${text(other)}`, `host ${text(ed)}`], 'known'],
    ['a key of another type', [`host ${text(rsa)}`], 'unknown'],
    ['revoked', [`host ${text(ed)}`, `@revoked * ${text(ed)}`], 'revoked'],
    ['revoked for another host', [`host ${text(ed)}`, `@revoked elsewhere ${text(ed)}`], 'known'],
    ['an authority alone', [`@cert-authority *ost ${text(rsa)}`], 'authority'],
    ['an authority beside a key', [`@cert-authority * ${text(rsa)}`, `host ${text(ed)}`], 'known'],
    ['nothing', [], 'unknown'],
  ])('%s: %j', (_name, lines, kind) => {
    expect(judgeHostKey(entries(...lines), { host: 'host', port: 22 }, ed).kind).toBe(kind)
  })

  it('a port that is not 22 is in the name, hashed names too', () => {
    const target = { host: '10.0.0.4', port: 2222 }
    expect(judgeHostKey(entries(`10.0.0.4 ${text(ed)}`), target, ed).kind).toBe('unknown')
    expect(judgeHostKey(entries(`[10.0.0.4]:2222 ${text(ed)}`), target, ed).kind).toBe('known')
    expect(
      judgeHostKey(entries(`${hashed(knownHostName('10.0.0.4', 2222))} ${text(ed)}`), target, ed).kind,
    ).toBe('known')
  })

  it('the types that are known are asked for first', () => {
    const lines = entries(`host ${text(rsa)}`, `@revoked host ${text(ed)}`, `x ${text(ed)}`)
    expect(knownKeyTypes(lines, { host: 'host', port: 22 })).toEqual(['ssh-rsa'])
  })
})

describe('readKnownHosts', () => {
  it('leaves out what it cannot read, and says where', () => {
    const lines = [
      '# a comment',
      '',
      'host',
      `host ssh-rsa ${ed.toString('base64')}`,
      `@strange host ${text(ed)}`,
      'host ssh-ed25519 %%%%',
      `host ${text(ed)} with a comment`,
      'x'.repeat(70_000),
    ]
    const { entries: read, problems } = readKnownHosts('known', lines.join('\r\n'))
    expect(read.map(({ line }) => line)).toEqual([7])
    expect(problems.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '3: it needs names, a key type and a key',
      '4: the key is no ssh-rsa',
      '5: unknown marker `@strange`',
      '6: the key is no ssh-ed25519',
      '8: the line is too long',
    ])
  })

  it('a hostile pattern does not take long', () => {
    const began = Date.now()
    expect(matchesHost([`${'*a'.repeat(2000)}b`], 'a'.repeat(4000))).toBe(false)
    expect(Date.now() - began).toBeLessThan(2000)
  })

  it('a key is shown as ssh shows it', () => {
    expect(keyFingerprint(ed)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
    expect(keyType(Buffer.from([0, 0, 1, 0]))).toBeUndefined()
    expect(keyType(Buffer.alloc(2))).toBeUndefined()
  })
})
