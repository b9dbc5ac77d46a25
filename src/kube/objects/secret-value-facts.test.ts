import { describe, expect, it } from 'vitest'
import { issueCertificate } from '../../pki/index.js'
import { secretValueFacts } from './secret-value-facts.js'

const secret = (data: object, more: object = {}): never =>
  ({ apiVersion: 'v1', kind: 'Secret', ...more, ...data }) as never
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('what is kept of the values of a Secret', () => {
  it.each<[string, unknown, string]>([
    ['a value', base64('hunter2'), 'value'],
    ['nothing', '', 'empty'],
    ['blanks', base64(' \n'), 'empty'],
    ['what a tool encrypted', 'ENC[AES256_GCM,data:abc=,iv:x,tag:y,type:str]', 'encrypted'],
    ['what is put in later', '${DB_PASSWORD}', 'placeholder'],
    ['the same in base64', base64('<your-password>'), 'placeholder'],
    ['a public key', base64('-----BEGIN PUBLIC KEY-----\nMFkw\n'), 'public'],
    ['no base64', '%%%', 'empty'],
  ])('%s', (_name, value, kind) => {
    expect(secretValueFacts(secret({ data: { key: value } }))).toEqual({ key: { kind } })
  })

  it('never the value', () => {
    const facts = secretValueFacts(secret({ stringData: { a: 'hunter2' }, data: { b: base64('hunter3') } }))
    expect(JSON.stringify(facts)).toBe('{"b":{"kind":"value"},"a":{"kind":"value"}}')
  })

  it('the dates of a certificate', async () => {
    const { cert, key } = await issueCertificate({ commonName: 'x', use: 'server', minutes: 60 })
    const facts = secretValueFacts(
      secret({ data: { 'tls.crt': base64(cert), 'tls.key': base64(key) } }, { type: 'kubernetes.io/tls' }),
    )
    expect(facts?.['tls.crt']).toMatchObject({ kind: 'public' })
    expect((facts?.['tls.crt']?.notAfter ?? 0) * 1000 - Date.now()).toBeGreaterThan(50 * 60_000)
    expect(facts?.['tls.key']).toEqual({ kind: 'value' })
  })

  it('the registries of credentials', () => {
    const config = { auths: { 'https://index.docker.io/v1/': { auth: 'x' }, 'r.example:5000': {} } }
    const given = { stringData: { '.dockerconfigjson': JSON.stringify(config) } }
    expect(secretValueFacts(secret(given, { type: 'kubernetes.io/dockerconfigjson' }))).toEqual({
      '.dockerconfigjson': { kind: 'value', registries: ['index.docker.io', 'r.example:5000'] },
    })
  })

  it.each([
    ['another kind', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } }],
    ['another group', { apiVersion: 'example.com/v1', kind: 'Secret', data: { a: 'b' } }],
    ['wrong types', { apiVersion: 'v1', kind: 'Secret', data: ['x'], stringData: { a: 7 } }],
    ['values that are gone already', { apiVersion: 'v1', kind: 'Secret', data: { a: '[redacted]' } }],
  ])('nothing of %s', (_name, content) => expect(secretValueFacts(content as never)).toBeUndefined())
})
