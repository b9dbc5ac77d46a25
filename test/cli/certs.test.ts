import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueCertificate, type Issued } from '../../src/pki/index.js'
import { rampart } from './run-cli.js'

describe('rampart certs', () => {
  let folder: string
  let ca: Issued
  let server: Issued
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'rampart-certs-'))
    ca = await issueCertificate({ commonName: 'kubernetes', use: 'authority', minutes: 60 * 24 * 3650 })
    server = await issueCertificate({
      commonName: 'kube-apiserver',
      use: 'server',
      minutes: 60 * 24 * 20,
      issuer: ca,
      names: [{ type: 'dns', value: 'api.example.com' }],
    })
    put('pki/ca.crt', ca.cert)
    put('pki/apiserver.crt', server.cert)
    put('pki/apiserver.key', server.key)
    put('pki/notes.txt', 'nothing')
    put('empty/notes.txt', 'nothing')
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  function put(name: string, text: string): string {
    const place = path.join(folder, name)
    mkdirSync(path.dirname(place), { recursive: true })
    writeFileSync(place, text)
    return place
  }

  it('tells a folder: use, names, key; --expiring sets the exit code', () => {
    const run = rampart(['certs', path.join(folder, 'pki')])
    expect(run.code).toBe(0)
    expect(run.out).toMatch(
      /^LEFT +ENDS +USE +SUBJECT +PLACE\n(?:19|20)d +\d{4}-\d\d-\d\d +server +CN=kube-apiserver +\S+apiserver\.crt\n/,
    )
    expect(run.out).toContain('names DNS:api.example.com')
    expect(run.out).toContain('2 certificates, 0 with faults; the next to end: ')
    expect(run.out + run.err).not.toContain('PRIVATE')
    expect(rampart(['certs', path.join(folder, 'pki'), '--expiring', '30d']).code).toBe(1)
    expect(rampart(['certs', path.join(folder, 'pki'), '--expiring', '12h']).code).toBe(0)
  })

  it('JSON and Prometheus hold no key', () => {
    const json = rampart(['certs', path.join(folder, 'pki'), '-o', 'json'])
    expect(JSON.parse(json.out)).toMatchObject({
      certificates: [
        {
          place: path.join(folder, 'pki/apiserver.crt'),
          kind: 'certificate',
          key: { fits: true },
          facts: { keyKind: 'EC prime256v1' },
        },
        { kind: 'authority', facts: { keyUsages: ['certificate signing'] } },
      ],
    })
    const metrics = rampart(['certs', path.join(folder, 'pki'), '-o', 'prometheus'])
    expect(metrics.out).toMatch(
      /^# HELP rampart_certificate_not_after_timestamp_seconds .*\n# TYPE rampart_certificate_not_after_timestamp_seconds gauge\nrampart_certificate_not_after_timestamp_seconds\{source="",place="[^"]+apiserver\.crt",kind="certificate",subject="CN=kube-apiserver",serial="[0-9a-f]+"\} \d{10}\n/,
    )
    expect(metrics.out).toMatch(/\nrampart_certificate_faults\{[^}]+\} 0\n/)
    expect(json.out + metrics.out).not.toContain('PRIVATE')
  })

  it('a fault sets the exit code and is told', async () => {
    const other = await issueCertificate({ commonName: 'x', use: 'server', minutes: 60, issuer: ca })
    const place = put('bad/apiserver.crt', server.cert)
    put('bad/apiserver.key', other.key)
    const run = rampart(['certs', path.dirname(place)])
    expect(run).toMatchObject({ code: 1, out: expect.stringContaining('FAULT: the private key in') })
  })

  it.each([
    [['certs'], 'nothing to read'],
    [['certs', '/none/here'], '/none/here: there is no such file or folder'],
    [['certs', '--expiring', 'soon', 'x'], 'It must be a time in hours, days, weeks or years'],
  ])('%j is refused', (args, message) => {
    expect(rampart(args)).toMatchObject({ code: 2, err: expect.stringContaining(message) })
  })

  it('what is not there is told beside what is', () => {
    const run = rampart(['certs', path.join(folder, 'pki'), '/none/here'])
    expect(run).toMatchObject({ code: 3, err: 'not read: /none/here: there is no such file or folder\n' })
    expect(run.out).toContain('2 certificates')
  })

  it('a folder without certificates is no answer', () => {
    expect(rampart(['certs', path.join(folder, 'empty')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no certificate was found'),
    })
  })
})
