import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { issueCertificate, type Issued } from '../../src/pki/index.js'
import { LocalServers } from '../kit/local-servers.js'
import { schemaValidator } from '../kit/schema-validator.js'
import { rampart, type CliRun } from './run-cli.js'

const servers = new LocalServers()
const folder = mkdtempSync(path.join(tmpdir(), 'rampart-probe-'))
const write = (name: string, text: string): string => {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}
const files = { ca: '', cert: '', key: '', otherKey: '', token: '', empty: '' }
let server: Issued

beforeAll(async () => {
  const authority = await issueCertificate({ commonName: 'authority', use: 'authority', minutes: 1e5 })
  server = await issueCertificate({
    commonName: 'server',
    use: 'server',
    minutes: 1e5,
    issuer: authority,
    names: [{ type: 'ip', value: '127.0.0.1' }],
  })
  const client = await issueCertificate({
    commonName: 'client',
    use: 'client',
    minutes: 1e5,
    issuer: authority,
  })
  files.ca = write('ca.pem', authority.cert)
  files.cert = write('cert.pem', client.cert)
  files.key = write('key.pem', client.key)
  files.otherKey = write('other.pem', server.key)
  files.token = write('token', 'abc.def\n')
  files.empty = write('empty', '')
})
afterEach(() => servers.close())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The servers are in this process, so the command must run beside it. */
function probe(...args: string[]): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.resolve('dist/cli.js'), 'probe', ...args], {
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }))
  })
}

const open = (): Promise<number> =>
  servers.https(server, (request, response) => {
    response.end(request.url === '/pods' ? '{"kind":"PodList","apiVersion":"v1"}' : 'ok')
  })
const closed = (): Promise<number> =>
  servers.https(server, (_, response) => response.writeHead(401).end('Unauthorized'))

describe('rampart probe', () => {
  it('tells what is open, with the status line, and what to do; exit code 1', async () => {
    const port = await open()
    const { code, out, err } = await probe('kubelet', `127.0.0.1:${port}`)
    expect([code, err]).toEqual([1, ''])
    expect(out).toContain(`kubelet 127.0.0.1:${port}  open`)
    expect(out).toContain('HTTP/1.1 200 OK (open to everyone)')
    expect(out).toContain('CRITICAL')
    expect(out).toContain(`$ rampart probe kubelet 127.0.0.1:${port} --check probe-kubelet-anonymous --all`)
  })

  it('tells what is closed as well; exit code 0', async () => {
    const port = await closed()
    const { code, out } = await probe('kubelet', `127.0.0.1:${port}`, '--ca', files.ca)
    expect(code).toBe(0)
    expect(out).toContain(`kubelet 127.0.0.1:${port}  closed`)
    expect(out).toContain('HTTP/1.1 401 Unauthorized (a credential is asked for)')
    expect(out).toContain('TLS 1.2, 1.3; refused: 1.0, 1.1')
    expect(out).toContain('verified (')
  })

  it('ends with 3 where nothing answers, and says that it is not known', async () => {
    const port = await servers.unused()
    const { code, out } = await probe('kubelet', `127.0.0.1:${port}`)
    expect(code).toBe(3)
    expect(out).toContain('connection refused')
    expect(out).toContain('Could not be known (1)')
    expect(out).toContain('$ rampart checks show probe-kubelet-anonymous')
  })

  it('keeps to its time limit', async () => {
    const port = await servers.tcp(() => undefined)
    const { code, out } = await probe('docker', `127.0.0.1:${port}`, '--timeout', '200ms')
    expect(code).toBe(3)
    expect(out).toContain('no answer within 200 ms')
  })

  it('keeps to its rate', async () => {
    const port = await closed()
    const start = Date.now()
    await probe('kubelet', `127.0.0.1:${port}`, '--rate', '10')
    // Four hellos and three requests: six gaps of 100 ms.
    expect(Date.now() - start).toBeGreaterThan(600)
  })

  it('heeds --fail-on and --check', async () => {
    const address = `127.0.0.1:${await open()}`
    expect((await probe('kubelet', address, '--fail-on', 'none')).code).toBe(0)
    const { code, out } = await probe('kubelet', address, '--check', 'probe-tls-old-version')
    expect(code).toBe(0)
    expect(out).toContain('0 findings')
  })

  it('writes JSON after its schema', async () => {
    const port = await open()
    const { out } = await probe('kubelet', `127.0.0.1:${port}`, '-o', 'json')
    const result = JSON.parse(out) as { probes: { state: string }[]; findings: unknown[] }
    const validate = schemaValidator('schemas/audit-result.schema.json')
    expect(validate(result)).toEqual([])
    expect(result.probes[0]).toMatchObject({
      component: 'kubelet',
      address: `127.0.0.1:${port}`,
      state: 'open',
    })
    expect(result.findings.length).toBe(1)
  })

  it.each([
    ['markdown', /\/pods without a credential.*\|.*HTTP\/1\.1 200 OK.*\| open \|/],
    ['html', /<code>HTTP\/1\.1 200 OK<\/code>/],
    ['sarif', /"uri": ?"https:\/\/127\.0\.0\.1:\d+\/"/],
  ])('writes %s to a file', async (format, sign) => {
    const file = path.join(folder, `report.${format}`)
    const { code, out } = await probe(
      'kubelet',
      `127.0.0.1:${await open()}`,
      '-o',
      format,
      '--output-file',
      file,
    )
    expect([code, out]).toEqual([1, ''])
    expect(readFileSync(file, 'utf8')).toMatch(sign)
  })

  it("asks the cluster's own nodes: addresses and ports of Nodes in an export", async () => {
    const port = await open()
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      status: {
        addresses: [
          { type: 'Hostname', address: 'n1' },
          { type: 'InternalIP', address: '127.0.0.1' },
        ],
        daemonEndpoints: { kubeletEndpoint: { Port: port } },
      },
    }
    const from = write('nodes.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [node] }))
    const { code, out } = await probe('kubelet', '--all-nodes', '--from', from, '-o', 'json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      probes: [{ address: '127.0.0.1:10255' }, { address: `127.0.0.1:${port}`, state: 'open' }],
    })
  })

  it.each([
    ['no address', ['kubelet'], /nothing to probe: name HOST or HOST:PORT/],
    ['a URL', ['kubelet', 'https://n1'], /cannot probe `https:\/\/n1`.*not a URL/],
    ['a wrong port', ['etcd', 'n1:99999'], /cannot probe `n1:99999`.*no port/],
    ['a word that is no probe', ['kublet', 'n1'], /unknown command 'kublet'[^]*kubelet/],
    [
      'a token without authority',
      ['kubelet', '127.0.0.1:1', '--token-file', '@token'],
      /--token-file needs --ca/,
    ],
    [
      'a certificate without key',
      ['etcd', '127.0.0.1:1', '--client-cert', '@cert'],
      /--client-cert needs --client-key/,
    ],
    [
      'a key without certificate',
      ['etcd', '127.0.0.1:1', '--client-key', '@key'],
      /--client-key needs --client-cert/,
    ],
    [
      'a key of another',
      ['etcd', '127.0.0.1:1', '--client-cert', '@cert', '--client-key', '@otherKey'],
      /does not belong to the certificate/,
    ],
    [
      'an empty certificate',
      ['etcd', '127.0.0.1:1', '--client-cert', '@empty', '--client-key', '@key'],
      /`.*empty` holds no certificate/,
    ],
    [
      'a key that is none',
      ['etcd', '127.0.0.1:1', '--client-cert', '@cert', '--client-key', '@empty'],
      /holds no private key/,
    ],
    [
      'an authority that is none',
      ['etcd', '127.0.0.1:1', '--ca', '@token'],
      /`.*token` holds no certificate/,
    ],
    [
      'an empty token',
      ['kubelet', '127.0.0.1:1', '--ca', '@ca', '--token-file', '@empty'],
      /holds no bearer token/,
    ],
    ['a file that is not there', ['etcd', '127.0.0.1:1', '--ca', '/no/such'], /cannot read `\/no\/such`/],
    ['no time', ['etcd', '127.0.0.1:1', '--timeout', '5'], /--timeout[^]*must be a duration/],
    ['no rate', ['etcd', '127.0.0.1:1', '--rate', '0'], /--rate[^]*must be a number/],
    ['--all-nodes alone', ['kubelet', '--all-nodes'], /--all-nodes needs to know the cluster/],
    ['a context alone', ['kubelet', '--context', 'x'], /add --all-nodes/],
    ['--from alone', ['kubelet', '--from', '@ca'], /add --all-nodes/],
    [
      'a check that is none',
      ['kubelet', '127.0.0.1:1', '--check', 'probe-kubelet-anonymos'],
      /did you mean `probe-kubelet-anonymous`/,
    ],
  ] as const)('bad usage: %s', (_name, args, message) => {
    const real = args.map((word) =>
      word.startsWith('@') ? files[word.slice(1) as keyof typeof files] : word,
    )
    const { code, out, err } = rampart(['probe', ...real])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
    expect(err).not.toContain('PRIVATE KEY')
  })

  it('explains what probes ask', () => {
    const { code, out } = rampart(['checks', 'show', 'probe-docker-plain-http'])
    expect(code).toBe(0)
    expect(out).toContain('asked by: rampart probe docker')
    expect(rampart(['checks', 'show', 'probe-docker-plain-htp']).err).toMatch(
      /did you mean `probe-docker-plain-http`/,
    )
  })
})
