import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:tls'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { formatDaemonHost, dockerdFlags, releaseOf } from '../../src/docker/index.js'
import { resolveDockerd, type ResolvedDockerd } from '../../src/effective/index.js'
import { issueCertificate } from '../../src/pki/index.js'
import { DockerdBench, realDockerdVersion } from './real-dockerd.js'

const version = realDockerdVersion()
if (version === undefined)
  console.warn('dockerd.test.ts is skipped: no dockerd here (apt-get install docker.io)')

interface StartCase {
  readonly name: string
  readonly args?: readonly string[]
  readonly json?: string
  /** Words that dockerd's refusal holds; undefined when it starts. */
  readonly refusal?: RegExp
  /** The refusal rests on files that are not read, for instance certificates. */
  readonly unseen?: boolean
}

const SOCKET = ['-H', 'unix:///tmp/rampart-e2e-docker.sock']
const CASES: readonly StartCase[] = [
  { name: 'a plain file', args: SOCKET, json: '{"ipv6": false, "log-opts": {"max-size": "10m"}}' },
  { name: 'null', args: SOCKET, json: 'null' },
  // Taken for `{}` from 23.0 on.
  { name: 'an empty file', args: SOCKET, json: '', ...(isBefore23(version) ? { refusal: /EOF/ } : {}) },
  { name: 'a list', args: SOCKET, json: '[]', refusal: /cannot unmarshal array/ },
  { name: 'a trailing comma', args: SOCKET, json: '{"icc": false,}', refusal: /invalid character/ },
  { name: 'a comment', args: SOCKET, json: '{// no\n"icc": false}', refusal: /invalid character/ },
  {
    name: 'an unknown key',
    args: SOCKET,
    json: '{"iccc": false}',
    refusal: /don't match any configuration option: iccc/,
  },
  { name: 'a key in other letters', args: SOCKET, json: '{"Hosts": []}', refusal: /don't match any/ },
  {
    name: 'a key of a struct without flag',
    args: SOCKET,
    json: '{"default-init": "x"}',
    refusal: /don't match any/,
  },
  { name: "a flag's name where the key has another one", args: SOCKET, json: '{"host": ["x"]}' },
  { name: "a flag's name that is no setting", args: SOCKET, json: '{"help": true}' },
  { name: 'a known key inside an unknown map', args: SOCKET, json: '{"foo": {"ipv6": false}}' },
  {
    name: 'a switch inside an unknown map',
    args: SOCKET,
    json: '{"foo": {"icc": false}}',
    refusal: /icc=false/,
  },
  { name: 'icc off without iptables', args: SOCKET, json: '{"icc": false}', refusal: /icc=false/ },
  {
    name: 'an unknown key inside an unknown map',
    args: SOCKET,
    json: '{"foo": {"bar": 1}}',
    refusal: /don't match any.*bar/,
  },
  { name: 'any key inside features', args: SOCKET, json: '{"features": {"no-such": true}}' },
  {
    name: 'a text for a boolean',
    args: SOCKET,
    json: '{"icc": "false"}',
    refusal: /cannot unmarshal string/,
  },
  {
    name: 'a text for a list',
    args: SOCKET,
    json: '{"dns": "10.0.0.1"}',
    refusal: /cannot unmarshal string/,
  },
  {
    name: 'a number for a text',
    args: SOCKET,
    json: '{"log-opts": {"max-file": 3}}',
    refusal: /cannot unmarshal number/,
  },
  { name: 'null for a boolean', args: SOCKET, json: '{"ipv6": null}' },
  { name: 'null switches off', args: SOCKET, json: '{"icc": null}', refusal: /icc=false/ },
  { name: 'a fraction', args: SOCKET, json: '{"shutdown-timeout": 1.5}', refusal: /cannot unmarshal number/ },
  {
    name: 'hosts in both places',
    args: SOCKET,
    json: '{"hosts": ["fd://"]}',
    refusal: /both as a flag and.*hosts/,
  },
  {
    name: 'hosts in both places, empty in the file',
    args: SOCKET,
    json: '{"hosts": []}',
    refusal: /both as a flag and/,
  },
  {
    name: 'null hosts beside the flag',
    args: SOCKET,
    json: '{"hosts": null}',
    refusal: /both as a flag and/,
  },
  {
    name: 'the same value in both places',
    args: [...SOCKET, '--icc=false'],
    json: '{"icc": false}',
    refusal: /both as a flag/,
  },
  {
    name: 'a map in both places',
    args: [...SOCKET, '--log-opt', 'max-size=1m'],
    json: '{"log-opts": {}}',
    refusal: /both as a flag/,
  },
  {
    name: 'labels in both places',
    args: [...SOCKET, '--label', 'a=b'],
    json: '{"labels": ["c=d"]}',
    refusal: /both as a flag/,
  },
  {
    name: 'runtimes in both places',
    args: [...SOCKET, '--add-runtime', 'a=/bin/true'],
    json: '{"runtimes": {"b": {"path": "/bin/true"}}}',
  },
  {
    name: 'tls off in the file, tlsverify as flag',
    args: [...SOCKET, '--tlsverify'],
    json: '{"tls": false}',
    refusal: /ca\.pem|X509/,
    unseen: true,
  },
  {
    name: 'tls without certificates',
    args: SOCKET,
    json: '{"tls": true}',
    refusal: /X509 key pair \(cert: "", key: ""\)/,
  },
  {
    name: 'tlsverify false turns TLS on',
    args: SOCKET,
    json: '{"tlsverify": false}',
    refusal: /X509 key pair/,
  },
  {
    name: 'certificate flags that nothing turns on',
    args: [...SOCKET, '--tlscert=/a', '--tlskey=/b'],
    json: '{"tls": true}',
    refusal: /cert: "", key: ""/,
  },
  { name: 'an unknown flag', args: [...SOCKET, '--no-such'], refusal: /unknown flag/ },
  { name: 'a word that is no flag', args: [...SOCKET, 'daemon'], refusal: /accepts no arg|^\s*Usage:/ },
  {
    name: 'a boolean with its value apart',
    args: [...SOCKET, '--icc', 'false'],
    refusal: /accepts no arg|^\s*Usage:/,
  },
  { name: 'an unknown protocol', args: ['-H', 'http://x'], refusal: /[Ii]nvalid/ },
  { name: 'an unknown protocol in the file', json: '{"hosts": ["http://x"]}', refusal: /[Ii]nvalid/ },
  { name: 'an unknown log level', args: [...SOCKET, '-l', 'loud'], refusal: /logging level/ },
]

function isBefore23(text = ''): boolean {
  return Number(text.split('.')[0]) < 23
}

describe.skipIf(version === undefined)(`dockerd ${version ?? ''} and what Rampart says of it`, () => {
  const bench = new DockerdBench()
  afterEach(() => bench.stop())
  afterAll(() => bench.remove())

  const resolve = (args: readonly string[], json: string | undefined): ResolvedDockerd => {
    const path = '/etc/docker/daemon.json'
    return resolveDockerd({
      host: 'here',
      args: [...bench.safeArgs, ...args].map((value) => ({ value })),
      file: (asked) =>
        asked === path && json !== undefined ? { path, type: 'file', text: json } : undefined,
      filesSeen: true,
      defaultConfigFile: path,
      rootless: false,
      environment: { HOME: bench.folder },
      ...(version === undefined ? {} : { version }),
    })
  }

  it.each(CASES.map((row) => [row.name, row] as const))('start: %s', async (_name, row) => {
    const args = row.args ?? []
    const file = bench.write('daemon.json', row.json ?? '{}')
    const real = await bench.tryStart([...args, '--config-file', file])
    expect({ refused: real.refused, log: real.refused ? real.log : '' }).toEqual({
      refused: row.refusal !== undefined,
      log: row.refusal === undefined ? '' : expect.stringMatching(row.refusal),
    })
    const ours = resolve(args, row.json ?? '{}')
    if (row.unseen === true) return
    expect({
      refused: ours.config.refusal !== undefined,
      why: ours.faults.map((fault) => fault.message),
    }).toEqual({
      refused: real.refused,
      why: real.refused ? expect.arrayContaining([expect.any(String)]) : [],
    })
  })

  it.each([
    'tcp://127.0.0.1',
    'tcp://127.0.0.1:',
    'tcp://',
    '127.0.0.1:23751',
    ':23752',
    'tcp://:23753',
    '127.0.0.1',
    'tcp://localhost:23754',
  ])('listens where Rampart says: %s', async (word) => {
    const real = await bench.tryStart(['-H', word, '--tls=false'])
    const { listeners } = resolve(['-H', word, '--tls=false'], undefined)
    const ours = listeners.seen.map(({ host }) =>
      formatDaemonHost(host).replace(/^(\w+):\/\/(.*)$/, '$1 ($2)'),
    )
    expect(ours).toEqual(real.listeners)
  })

  it('knows every flag that this dockerd prints, and its default', () => {
    const help = execFileSync('dockerd', ['--help'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', COLUMNS: '1000' },
    })
    const printed = [...help.matchAll(/^ {2}(?:-(\w), | {4})--([\w-]+)/gm)].map((match) => match[2])
    const known = new Set(dockerdFlags(releaseOf(version)).map((flag) => flag.name))
    expect(printed.length).toBeGreaterThan(60)
    expect(printed.filter((name) => name !== undefined && !known.has(name))).toEqual([])
  })

  it('lets in whoever a system root vouches for while tlsverify has no CA', async () => {
    const certificates = await makeCertificates(bench)
    const file = bench.write(
      'daemon.json',
      JSON.stringify({ tlsverify: true, tlscert: certificates.cert, tlskey: certificates.key }),
    )
    // The system's own list of roots stands in for public certificate authorities.
    await bench.serve(['-H', 'tcp://127.0.0.1:23760', '--config-file', file], {
      SSL_CERT_FILE: certificates.ca,
    })
    expect(await ping(certificates.client)).toMatch(/^HTTP\/1/)
    expect(await ping({})).not.toMatch(/^HTTP\/1/)
    const ours = resolve(['-H', 'tcp://127.0.0.1:23760'], readFileSync(file, 'utf8'))
    expect(ours.fact('tlscacert')).toMatchObject({ known: true, value: '' })
    expect(ours.fact('tlsverify')).toMatchObject({ known: true, value: true })
  })

  it('asks nobody for a certificate with tlsverify false', async () => {
    const certificates = await makeCertificates(bench)
    const file = bench.write(
      'daemon.json',
      JSON.stringify({ tlsverify: false, tlscert: certificates.cert, tlskey: certificates.key }),
    )
    await bench.serve(['-H', 'tcp://127.0.0.1:23760', '--config-file', file], {})
    expect(await ping({})).toMatch(/^HTTP\/1/)
  })
})

/** A CA in a file, the daemon's certificate and key in files, and a client's; all of that CA. */
async function makeCertificates(
  bench: DockerdBench,
): Promise<{ ca: string; cert: string; key: string; client: { cert: string; key: string } }> {
  const issuer = await issueCertificate({ commonName: 'test root', use: 'authority', minutes: 60 })
  const of = (commonName: string, use: 'client' | 'server') =>
    issueCertificate({ commonName, use, minutes: 60, issuer })
  const server = await of('localhost', 'server')
  const { cert, key } = await of('somebody', 'client')
  return {
    ca: bench.write('root.pem', issuer.cert),
    cert: bench.write('server.pem', server.cert),
    key: bench.write('server.key', server.key),
    client: { cert, key },
  }
}

/** The first line that the daemon answers to GET /_ping, or the error's code. Only an HTTP line shows that it let us in. */
function ping(identity: { cert?: string; key?: string }): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: 23760, rejectUnauthorized: false, ...identity }, () => {
      socket.write('GET /_ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    })
    let answer = ''
    socket.setTimeout(5000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk.toString()
      if (answer.includes('\n')) socket.destroy()
    })
    socket.on('error', (error) => resolve(`error ${error.message}`))
    socket.on('close', () => resolve(answer.split('\r\n', 1)[0] || 'closed'))
  })
}
