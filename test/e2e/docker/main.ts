/**
 * npm run -s e2e:docker [-- --suite SUITE]
 *
 * A real dockerd on loopback, first open over plain TCP. Sets up mutual TLS by `rampart docker setup-tls`, with the real
 * docker client asking before and after, from files and from contexts; makes dockerd fail, kills a run, rotates, adds and
 * revokes clients. Prints the probes before and after, and `docker: mutual TLS, N of 6 probes as expected`. With a
 * release of Debian all of this is done with its dockerd and its docker, on a machine booted for it. Exit 0 when
 * everything is as expected, 1 when not, 3 when there is no dockerd, no docker or no root here.
 */
import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { probeDaemon } from '../../../src/actions/docker-tls/probe-daemon.js'
import { probeText } from '../../../src/cli/docker/plan-text.js'
import { issueCertificate } from '../../../src/pki/index.js'
import { freePorts } from '../../cluster/free-ports.js'
import { compareClient } from './compare-client.js'
import { inSuite } from './in-suite.js'
import { OwnDockerd } from './own-dockerd.js'

const out = (text: string): void => void process.stdout.write(text)
let failed = 0

/** One fact: told when it does not hold. */
function expect(what: string, holds: boolean, detail = ''): void {
  out(
    `${holds ? 'ok  ' : 'FAIL'}  ${what}${holds || detail === '' ? '' : `\n      ${detail.trim().replaceAll('\n', '\n      ')}`}\n`,
  )
  if (!holds) failed += 1
}

interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Said {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 180_000,
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...env },
  })
  return { code: status, out: stdout, err: stderr }
}

const CLI = path.resolve('dist/cli.js')
/** Clients of several versions, where a machine has them. */
const CLIENTS = [
  ...new Set(
    ['/usr/local/bin/docker', '/usr/bin/docker'].filter(existsSync).map((each) => realpathSync(each)),
  ),
]

const PASSPHRASE = ['--ca-passphrase', 'env:CA_PASSPHRASE']

class Bench {
  constructor(
    readonly daemon: OwnDockerd,
    readonly plainPort: number,
    readonly tlsPort: number,
  ) {}

  get home(): Record<string, string> {
    return { HOME: this.daemon.at('home'), CA_PASSPHRASE: 'correct horse' }
  }

  rampart(...args: readonly string[]): Said {
    return run(process.execPath, [CLI, 'docker', ...args, '--state-dir', this.daemon.at('state')], this.home)
  }

  setup(...args: readonly string[]): Said {
    return this.rampart(
      'setup-tls',
      ...['--config-file', this.daemon.configFile, '--cert-dir', this.daemon.at('tls')],
      ...[
        '--address',
        `127.0.0.1:${this.tlsPort}`,
        '--client',
        'alice',
        '--client-dir',
        this.daemon.at('alice'),
      ],
      ...['--restart-command', this.daemon.restart, '--wait', '40s', ...args],
    )
  }

  /** What a client says: the version of the server, or why it does not know. */
  ask(docker: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Said {
    return run(docker, [...args, 'version', '--format', '{{.Server.Version}}'], { ...this.home, ...env })
  }

  withFiles(docker: string, folder: string): Said {
    return this.ask(docker, [], {
      DOCKER_HOST: `tcp://127.0.0.1:${this.tlsPort}`,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: folder,
    })
  }
}

const answered = ({ code, out: text }: Said): boolean => code === 0 && /^\d+\.\d+/.test(text)

async function before(bench: Bench): Promise<void> {
  const authority = await issueCertificate({ commonName: 'nobody', use: 'authority', minutes: 10 })
  const other = (use: 'client' | 'server') =>
    issueCertificate({ commonName: 'nobody', use, minutes: 10, issuer: authority })
  const probed = await probeDaemon({
    endpoint: { address: '127.0.0.1', port: bench.tlsPort },
    plain: { address: '127.0.0.1', port: bench.plainPort },
    authority: authority.cert,
    client: await other('client'),
    server: await other('server'),
  })
  out(`Before:\n${probeText(probed)}\n`)
  expect('before, anyone is let in over plain HTTP', probed.six[0]?.outcome === 'accepted')
  const host = `tcp://127.0.0.1:${bench.plainPort}`
  expect('before, docker works over plain TCP', answered(bench.ask('docker', ['-H', host])))
}

function dryRun(bench: Bench): void {
  const config = readFileSync(bench.daemon.configFile, 'utf8')
  const said = bench.setup()
  expect(
    'without --apply it shows the difference and the files',
    said.code === 0 && said.out.includes('+   "tlsverify": true') && said.out.includes('0400'),
    said.out + said.err,
  )
  expect(
    'without --apply nothing is changed',
    readFileSync(bench.daemon.configFile, 'utf8') === config &&
      !existsSync(bench.daemon.at('tls')) &&
      !existsSync(bench.daemon.at('alice')),
  )
}

function refusals(bench: Bench): void {
  const { daemon } = bench
  const open = bench.setup('--address', '0.0.0.0', '--apply')
  expect(
    'an address that everyone reaches is refused',
    open.code === 3 && open.err.includes('--allow-public'),
    open.err,
  )
  const systemd = bench.rampart(
    'setup-tls',
    '--config-file',
    daemon.configFile,
    '--address',
    '127.0.0.1',
    '--apply',
  )
  expect(
    'without systemd the way to restart is asked for',
    existsSync('/run/systemd/system') || (systemd.code === 3 && systemd.err.includes('--restart-command')),
    systemd.err,
  )
  const config = readFileSync(daemon.configFile, 'utf8')
  writeFileSync(daemon.configFile, config.replace(/\n}\s*$/, ',\n}\n'))
  const comma = bench.setup('--apply')
  expect(
    'a daemon.json with a trailing comma is refused, with its place',
    comma.code === 2 && /line \d+/.test(comma.err),
    comma.err,
  )
  writeFileSync(daemon.configFile, config)
}

/** Another program has the port: dockerd does not start with the new configuration. */
async function rolledBack(bench: Bench): Promise<void> {
  const { daemon } = bench
  const config = readFileSync(daemon.configFile, 'utf8')
  const squatter = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => squatter.listen(bench.tlsPort, '127.0.0.1', resolve))
  const said = await inBackground(bench, ['--wait', '8s'])
  await new Promise((resolve) => squatter.close(resolve))
  expect(
    'dockerd does not come up: exit 4, and it says so',
    said.code === 4 && said.err.includes('Everything is as it was'),
    said.err,
  )
  expect('daemon.json is as it was', readFileSync(daemon.configFile, 'utf8') === config)
  expect(
    'no certificate is left',
    !existsSync(daemon.at('tls')) &&
      !existsSync(daemon.at('alice')) &&
      !existsSync(daemon.at('state/docker-tls')),
  )
  expect(
    'the old daemon answers again, on its socket and over TCP',
    daemon.answers() && answered(bench.ask('docker', ['-H', `tcp://127.0.0.1:${bench.plainPort}`])),
    daemon.log(),
  )
}

/** A disk that fills up in mid-write, and one that cannot be written. */
function badDisks(bench: Bench): void {
  const { daemon } = bench
  const config = readFileSync(daemon.configFile, 'utf8')
  for (const [what, options, reason] of [
    ['a full disk', 'size=8k', 'the disk is full'],
    ['a read-only file system', 'size=8k,ro', 'read-only'],
  ] as const) {
    const disk = daemon.at(`disk-${what.replaceAll(' ', '-')}`)
    mkdirSync(disk)
    if (run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk], {}).code !== 0) {
      out(`note  ${what}: no tmpfs can be mounted here\n`)
      continue
    }
    const pid = daemon.pid()
    const said = bench.setup('--cert-dir', path.join(disk, 'tls'), '--apply')
    const left = readdirSync(disk)
    run('umount', [disk], {})
    expect(`${what}: exit 4, and it is named`, said.code === 4 && said.err.includes(reason), said.err)
    expect(
      `${what}: nothing is left, and dockerd was not restarted`,
      left.length === 0 &&
        readFileSync(daemon.configFile, 'utf8') === config &&
        !existsSync(daemon.at('alice')) &&
        daemon.pid() === pid,
      left.join(' '),
    )
  }
}

/** setup-tls while this process goes on serving. */
function inBackground(bench: Bench, more: readonly string[]): Promise<Said> {
  const { daemon } = bench
  const child = spawn(
    process.execPath,
    [
      ...[CLI, 'docker', 'setup-tls', '--state-dir', daemon.at('state'), '--config-file', daemon.configFile],
      ...['--cert-dir', daemon.at('tls'), '--address', `127.0.0.1:${bench.tlsPort}`, '--client', 'alice'],
      ...['--client-dir', daemon.at('alice'), '--restart-command', daemon.restart, '--apply', ...more],
    ],
    { env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...bench.home } },
  )
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })))
}

function setUp(bench: Bench): string {
  const { daemon } = bench
  const said = bench.setup('--ca-passphrase', 'env:CA_PASSPHRASE', '--apply')
  expect(
    "the authority's key is encrypted, and apart",
    readFileSync(daemon.at('state/docker-tls/ca-key.pem'), 'utf8').includes('BEGIN ENCRYPTED') &&
      (statSync(daemon.at('state/docker-tls')).mode & 0o777) === 0o700,
  )
  expect('setup-tls --apply ends well', said.code === 0, said.out + said.err)
  const table = /ADDRESS[^]*?\n\n/.exec(said.out)?.[0] ?? ''
  out(`\nAfter:\n${table}`)
  const config = daemon.config()
  expect(
    'keys that others wrote stay in daemon.json',
    JSON.stringify(config['labels']) === '["team=build"]' && config['tlscacert'] === daemon.at('tls/ca.pem'),
    JSON.stringify(config),
  )
  expect('the local socket stays', daemon.answers())
  for (const docker of CLIENTS) {
    const version = run(docker, ['--version'], bench.home).out.trim()
    expect(
      `with the certificate it works: ${version}`,
      answered(bench.withFiles(docker, daemon.at('alice'))),
      bench.withFiles(docker, daemon.at('alice')).err,
    )
    const none = bench.ask(docker, [
      '--tls',
      '--tlscacert',
      daemon.at('alice/ca.pem'),
      '-H',
      `tcp://127.0.0.1:${bench.tlsPort}`,
    ])
    expect(`without it is refused: ${version}`, none.code !== 0 && !answered(none), none.out)
    const plain = bench.ask(docker, ['-H', `tcp://127.0.0.1:${bench.tlsPort}`])
    expect(`over plain HTTP it is refused: ${version}`, plain.code !== 0 && !answered(plain))
  }
  expect(
    'the port of before is closed',
    !answered(bench.ask('docker', ['-H', `tcp://127.0.0.1:${bench.plainPort}`])),
  )
  return (
    /docker: mutual TLS, \d+ of \d+ probes as expected/.exec(said.out)?.[0] ??
    'docker: mutual TLS, no probe was made'
  )
}

function clients(bench: Bench): void {
  const { daemon } = bench
  const pid = daemon.pid()
  const closed = bench.rampart('add-client', 'bob', '--context', 'build', '--apply')
  expect(
    'without the passphrase nothing is signed',
    closed.code === 2 && closed.err.includes('--ca-passphrase'),
    closed.err,
  )
  const wrong = bench.rampart(
    'add-client',
    'bob',
    '--context',
    'build',
    '--ca-passphrase',
    'env:PATH',
    '--apply',
  )
  expect('with a wrong one neither', wrong.code === 3 && wrong.err.includes('does not open'), wrong.err)
  const bob = bench.rampart(
    'add-client',
    'bob',
    '--context',
    'build',
    '--key-type',
    'rsa',
    ...PASSPHRASE,
    '--apply',
  )
  expect('add-client makes a docker context', bob.code === 0, bob.err)
  expect(
    'the docker context works',
    CLIENTS.every((docker) => answered(bench.ask(docker, ['--context', 'build']))),
    bench.ask('docker', ['--context', 'build']).err,
  )
  const listed = run('docker', ['context', 'ls', '--format', '{{.Name}} {{.DockerEndpoint}}'], bench.home)
  expect(
    'docker lists the context',
    listed.out.includes(`build tcp://127.0.0.1:${bench.tlsPort}`),
    listed.out + listed.err,
  )
  expect('add-client restarts nothing', daemon.pid() === pid)
  const twice = bench.rampart('add-client', 'bob', '--client-dir', daemon.at('bob2'), '--apply')
  expect('a second certificate for the same name is refused', twice.code === 3, twice.err)
  const carol = bench.rampart('add-client', 'carol', '--client-dir', daemon.at('alice'), '--apply')
  expect(
    'files that are there are not overwritten',
    carol.code === 3 && answered(bench.withFiles('docker', daemon.at('alice'))),
    carol.err,
  )
}

function foreignFiles(bench: Bench): void {
  const { daemon } = bench
  const said = bench.setup('--ca-dir', daemon.at('another-ca'), '--apply')
  expect(
    "a certificate folder with others' files is refused",
    said.code === 3 && said.err.includes('server-cert.pem'),
    said.err,
  )
  expect(
    'and nothing is written',
    !existsSync(daemon.at('another-ca')) && answered(bench.withFiles('docker', daemon.at('alice'))),
  )
}

function rotate(bench: Bench): void {
  const { daemon } = bench
  const [cert, pid] = [readFileSync(daemon.at('tls/server-cert.pem'), 'utf8'), daemon.pid()]
  const said = bench.rampart('rotate', '--wait', '40s', ...PASSPHRASE, '--apply')
  expect(
    'rotate renews the certificate of the server and restarts it',
    said.code === 0 &&
      readFileSync(daemon.at('tls/server-cert.pem'), 'utf8') !== cert &&
      daemon.pid() !== pid,
    said.out + said.err,
  )
  expect(
    'clients go on with what they have',
    answered(bench.withFiles('docker', daemon.at('alice'))) &&
      answered(bench.ask('docker', ['--context', 'build'])),
  )
  const client = readFileSync(daemon.at('alice/cert.pem'), 'utf8')
  const alice = bench.rampart('rotate', '--client', 'alice', ...PASSPHRASE, '--apply')
  expect(
    'rotate --client renews it where it is',
    alice.code === 0 &&
      readFileSync(daemon.at('alice/cert.pem'), 'utf8') !== client &&
      answered(bench.withFiles('docker', daemon.at('alice'))),
    alice.err,
  )
}

/** Killed as soon as dockerd's key is replaced: certificate and key on the disk are of two runs. */
async function killed(bench: Bench): Promise<void> {
  const { daemon } = bench
  const cert = readFileSync(daemon.at('tls/server-cert.pem'), 'utf8')
  const child = spawn(
    process.execPath,
    [CLI, 'docker', 'rotate', '--state-dir', daemon.at('state'), ...PASSPHRASE, '--apply'],
    {
      env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...bench.home },
    },
  )
  let text = ''
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    if (text.includes("done: Write dockerd's certificate")) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.on('close', resolve))
  const dry = bench.rampart('rotate')
  expect('a killed run is named', dry.err.includes('was killed in its midst'), dry.err)
  const again = bench.rampart('rotate', '--wait', '40s', ...PASSPHRASE, '--apply')
  expect(
    'the next one puts it back and does its own work',
    again.code === 0 && again.err.includes('put back'),
    again.err,
  )
  expect(
    'and everything fits again',
    readFileSync(daemon.at('tls/server-cert.pem'), 'utf8') !== cert &&
      answered(bench.withFiles('docker', daemon.at('alice'))),
  )
}

function revoke(bench: Bench): void {
  const { daemon } = bench
  cpSync(daemon.at('alice'), daemon.at('alice-before'), { recursive: true })
  const contexts = daemon.at('home/.docker/contexts')
  const [id = ''] = readdirSync(path.join(contexts, 'tls'))
  cpSync(path.join(contexts, 'tls', id, 'docker'), daemon.at('bob-before'), { recursive: true })
  expect(
    "before revoke bob's certificate works from a copy",
    answered(bench.withFiles('docker', daemon.at('bob-before'))),
  )
  const plan = bench.rampart('revoke', 'bob')
  expect(
    'the plan says that it is a new authority, and for whom',
    plan.code === 0 && plan.out.includes('new authority') && plan.out.includes('alice'),
    plan.out + plan.err,
  )
  const said = bench.rampart('revoke', 'bob', '--wait', '40s', ...PASSPHRASE, '--apply')
  expect('revoke --apply ends well', said.code === 0, said.out + said.err)
  const old = bench.withFiles('docker', daemon.at('bob-before'))
  expect("bob's certificate is refused", old.code !== 0 && !answered(old), old.out)
  expect(
    'every certificate of the old authority is refused',
    !answered(bench.withFiles('docker', daemon.at('alice-before'))),
  )
  expect(
    "alice's new one works",
    answered(bench.withFiles('docker', daemon.at('alice'))),
    bench.withFiles('docker', daemon.at('alice')).err,
  )
  const list = bench.rampart('list', '--all', '-o', 'json')
  const states = (JSON.parse(list.out) as { minted: { name: string; state: string }[] }).minted
  expect(
    'list shows who is revoked',
    states.some(({ name, state }) => name === 'bob' && state === 'revoked') &&
      !states.some(({ name, state }) => name === 'bob' && state === 'current'),
    list.out,
  )
  const soon = bench.rampart('list', '--expiring', '40d')
  expect(
    'list --expiring sets the exit code',
    soon.code === 1 && bench.rampart('list', '--expiring', '5d').code === 0,
    soon.out,
  )
}

/** No private key but in the files that are meant for them. */
function noSecrets(bench: Bench): void {
  const runs = bench.daemon.at('state/runs')
  const found = readdirSync(runs, { recursive: true, encoding: 'utf8' }).filter((name) => {
    try {
      return /PRIVATE KEY/.test(readFileSync(path.join(runs, name), 'utf8'))
    } catch {
      return false
    }
  })
  expect('no key stands in journals, plans or backups', found.length === 0, found.join(', '))
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { suite: { type: 'string' } } })
  if (values.suite !== undefined && process.getuid?.() === 0) return inSuite(values.suite, out)
  for (const [program, args] of [
    ['dockerd', ['--version']],
    ['docker', ['--version']],
  ] as const) {
    if (spawnSync(program, args).status === 0) continue
    out(`docker: not run, there is no ${program} here\n`)
    return 3
  }
  if (process.getuid?.() !== 0) {
    out('docker: not run, dockerd needs root\n')
    return 3
  }
  const [plainPort = 0, tlsPort = 0] = await freePorts(2)
  const daemon = new OwnDockerd({ hosts: [], labels: ['team=build'] })
  const config = {
    hosts: [`unix://${daemon.socket}`, `tcp://127.0.0.1:${plainPort}`],
    labels: ['team=build'],
  }
  writeFileSync(daemon.configFile, `${JSON.stringify(config, null, 2)}\n`)
  const bench = new Bench(daemon, plainPort, tlsPort)
  try {
    await daemon.start()
    await before(bench)
    dryRun(bench)
    refusals(bench)
    await rolledBack(bench)
    badDisks(bench)
    const line = setUp(bench)
    clients(bench)
    foreignFiles(bench)
    rotate(bench)
    await killed(bench)
    const client = await compareClient({
      clients: CLIENTS,
      folder: daemon.at('client'),
      files: daemon.at('alice'),
      port: tlsPort,
    })
    for (const each of client.wrong) out(`FAIL  docker client: ${each}\n`)
    failed += client.wrong.length
    revoke(bench)
    noSecrets(bench)
    out(`docker client: ${client.rows - client.wrong.length} of ${client.rows} rows as the real client\n`)
    out(`${failed === 0 ? '' : `${failed} facts are not as expected\n`}${line}\n`)
    return failed === 0 && line.includes('6 of 6') ? 0 : 1
  } finally {
    await daemon.remove()
  }
}

// A fault of the test itself must not leave a dockerd behind.
process.exitCode = await main().catch((error: unknown) => {
  out(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
})
