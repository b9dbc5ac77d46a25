import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer as createTcp, type AddressInfo, type Socket } from 'node:net'
import path from 'node:path'
import { createServer as createTls } from 'node:tls'
import { resolveClient, type ClientOptions } from '../../../src/docker/index.js'
import { issueCertificate } from '../../../src/pki/index.js'
import { clientFile } from '../../../src/sources/index.js'

interface Row {
  readonly name: string
  readonly options?: ClientOptions
  readonly env?: Readonly<Record<string, string>>
  /** Files of the client's folder, by name. */
  readonly files?: Readonly<Record<string, string>>
  readonly current?: string
}

/** What a listener saw of a client: nobody came, plain HTTP, TLS, and whether the client went on with a server that no authority of its vouches for. */
type Seen = 'nobody' | 'plain' | 'tls, server refused' | 'tls, server not verified'

/**
 * How docker ends when it refuses its own command line. From 28.4 on it then asks the first host for its version, to know
 * which options to list in the message. Source: docker/cli v28.5.2 cmd/docker/docker.go, setFlagErrorFunc.
 */
const REFUSED_WORDS = 125

/**
 * Asks the real docker client the same as `resolveClient`: with the same options, variables and files each is pointed to a
 * server whose certificate it cannot trust. What reaches that server says whether TLS was spoken and the server verified.
 */
export async function compareClient(options: {
  readonly clients: readonly string[]
  readonly folder: string
  /** A folder with a good ca.pem, cert.pem and key.pem. */
  readonly files: string
  readonly port: number
}): Promise<{ readonly rows: number; readonly wrong: readonly string[] }> {
  const server = await listen()
  const wrong: string[] = []
  let rows = 0
  const read = (name: string): string => readFileSync(path.join(options.files, name), 'utf8')
  const good = { 'ca.pem': read('ca.pem'), 'cert.pem': read('cert.pem'), 'key.pem': read('key.pem') }
  for (const docker of options.clients) {
    const version = await versionOf(docker)
    for (const row of table(server.port, good)) {
      rows += 1
      rmSync(options.folder, { recursive: true, force: true })
      mkdirSync(options.folder, { recursive: true })
      for (const [name, text] of Object.entries(row.files ?? {})) {
        const file = path.join(options.folder, name)
        mkdirSync(path.dirname(file), { recursive: true })
        writeFileSync(file, text, { mode: 0o600 })
      }
      const env = { DOCKER_CONFIG: options.folder, ...row.env }
      const answer = resolveClient({
        options: row.options ?? {},
        environment: env,
        home: options.folder,
        file: clientFile,
        sha256: (text) => createHash('sha256').update(text).digest('hex'),
        now: Math.floor(Date.now() / 1000),
        version,
      })
      const ours: Seen =
        answer.refusal !== undefined || !(answer.daemon ?? '').includes(`:${server.port}`)
          ? 'nobody'
          : answer.protection === 'none'
            ? 'plain'
            : answer.server.verified === 'yes'
              ? 'tls, server refused'
              : 'tls, server not verified'
      let status: number | null = null
      const seen = await server.seen(async () => {
        status = await run(docker, [...words(row.options ?? {}), 'version'], env)
      })
      const theirs = status === REFUSED_WORDS ? 'nobody' : seen
      if (ours !== theirs)
        wrong.push(
          `${version} ${row.name}: docker ${theirs}, rampart ${ours} (${answer.refusal ?? answer.daemon ?? ''})`,
        )
    }
  }
  await server.close()
  return { rows, wrong }
}

function table(port: number, good: Readonly<Record<string, string>>): Row[] {
  const host = `tcp://127.0.0.1:${port}`
  const context = (
    name: string,
    endpoint: object,
    files: Readonly<Record<string, string>> = {},
  ): Record<string, string> => {
    const id = createHash('sha256').update(name).digest('hex')
    return {
      [`contexts/meta/${id}/meta.json`]: JSON.stringify({
        Name: name,
        Metadata: {},
        Endpoints: { docker: endpoint },
      }),
      ...Object.fromEntries(
        Object.entries(files).map(([file, text]) => [`contexts/tls/${id}/docker/${file}`, text]),
      ),
    }
  }
  const here = { Host: host, SkipTLSVerify: false }
  const away = 'tcp://127.0.0.1:9'
  const { 'ca.pem': ca = '', 'cert.pem': cert = '', 'key.pem': key = '' } = good
  return [
    { name: 'DOCKER_HOST alone', env: { DOCKER_HOST: host } },
    { name: 'a host without a scheme', env: { DOCKER_HOST: `127.0.0.1:${port}` } },
    { name: 'DOCKER_TLS_VERIFY', env: { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1' }, files: good },
    { name: 'DOCKER_TLS_VERIFY=0', env: { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '0' }, files: good },
    { name: 'DOCKER_TLS alone', env: { DOCKER_HOST: host, DOCKER_TLS: '1' }, files: good },
    {
      name: 'DOCKER_TLS, authority alone',
      env: { DOCKER_HOST: host, DOCKER_TLS: '1' },
      files: { 'ca.pem': ca },
    },
    { name: 'DOCKER_TLS without files', env: { DOCKER_HOST: host, DOCKER_TLS: '1' } },
    { name: 'DOCKER_TLS_VERIFY without files', env: { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1' } },
    {
      name: 'DOCKER_CERT_PATH alone',
      env: { DOCKER_HOST: host, DOCKER_CERT_PATH: '/nonexistent' },
      files: good,
    },
    {
      name: 'DOCKER_CERT_PATH elsewhere',
      env: { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nonexistent' },
      files: good,
    },
    { name: '--tls', options: { hosts: [host], tls: true }, files: good },
    { name: '--tlsverify', options: { hosts: [host], tlsverify: true }, files: good },
    { name: '--tlsverify=false', options: { hosts: [host], tlsverify: false }, files: good },
    {
      name: '--tlsverify=false, DOCKER_TLS_VERIFY',
      options: { hosts: [host], tlsverify: false },
      env: { DOCKER_TLS_VERIFY: '1' },
      files: good,
    },
    {
      name: '--tls=false, DOCKER_TLS',
      options: { hosts: [host], tls: false },
      env: { DOCKER_TLS: '1' },
      files: good,
    },
    {
      name: '--tlscert that is absent',
      options: { hosts: [host], tlsverify: true, tlscert: '/nonexistent' },
      files: good,
    },
    {
      name: 'an authority that is none',
      env: { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1' },
      files: { ...good, 'ca.pem': 'none' },
    },
    {
      name: 'a key that is none',
      env: { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1' },
      files: { ...good, 'key.pem': 'none' },
    },
    {
      name: 'a key without a certificate',
      env: { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1' },
      files: { 'ca.pem': ca, 'key.pem': key },
    },
    {
      name: 'a certificate without a key',
      env: { DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1' },
      files: { 'ca.pem': ca, 'cert.pem': cert },
    },
    { name: '--host beats DOCKER_HOST', options: { hosts: [host] }, env: { DOCKER_HOST: away } },
    {
      name: '--host beats DOCKER_CONTEXT',
      options: { hosts: [host] },
      env: { DOCKER_CONTEXT: 'away' },
      files: context('away', { Host: away }),
    },
    {
      name: 'DOCKER_HOST beats DOCKER_CONTEXT',
      env: { DOCKER_HOST: host, DOCKER_CONTEXT: 'away' },
      files: context('away', { Host: away }),
    },
    {
      name: '--context beats DOCKER_HOST',
      options: { context: 'here' },
      env: { DOCKER_HOST: away },
      files: context('here', here),
    },
    { name: '--context default, DOCKER_HOST', options: { context: 'default' }, env: { DOCKER_HOST: host } },
    {
      name: 'DOCKER_CONTEXT beats currentContext',
      env: { DOCKER_CONTEXT: 'here' },
      files: {
        ...context('here', here),
        ...context('away', { Host: away }),
        'config.json': '{"currentContext": "away"}',
      },
    },
    {
      name: 'currentContext',
      files: { ...context('here', here), 'config.json': '{"currentContext": "here"}' },
    },
    { name: 'currentContext that is gone', files: { 'config.json': '{"currentContext": "gone"}' } },
    {
      name: 'DOCKER_HOST and currentContext that is gone',
      env: { DOCKER_HOST: host },
      files: { 'config.json': '{"currentContext": "gone"}' },
    },
    { name: 'a context with certificates', options: { context: 'here' }, files: context('here', here, good) },
    {
      name: 'a context with an authority',
      options: { context: 'here' },
      files: context('here', here, { 'ca.pem': ca }),
    },
    {
      name: 'a context that skips verification',
      options: { context: 'here' },
      files: context('here', { ...here, SkipTLSVerify: true }, good),
    },
    {
      name: 'a context that skips verification, without files',
      options: { context: 'here' },
      files: context('here', { ...here, SkipTLSVerify: true }),
    },
    {
      name: 'a context without files, DOCKER_TLS_VERIFY',
      options: { context: 'here' },
      env: { DOCKER_TLS_VERIFY: '1' },
      files: { ...context('here', here), ...good },
    },
    {
      name: '--host and --context',
      options: { hosts: [host], context: 'here' },
      files: context('here', here),
    },
    { name: 'two hosts', options: { hosts: [host, host] } },
    { name: 'http://', env: { DOCKER_HOST: `http://127.0.0.1:${port}` } },
    { name: 'a path behind the port', env: { DOCKER_HOST: `${host}/x` } },
    { name: 'config.json that is broken', env: { DOCKER_HOST: host }, files: { 'config.json': '{' } },
  ]
}

function words({ hosts = [], context, tls, tlsverify, tlscert }: ClientOptions): string[] {
  return [
    ...hosts.flatMap((host) => ['-H', host]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(tls === undefined ? [] : [`--tls=${tls}`]),
    ...(tlsverify === undefined ? [] : [`--tlsverify=${tlsverify}`]),
    ...(tlscert === undefined ? [] : ['--tlscert', tlscert]),
  ]
}

/** A server on one port that takes plain HTTP and TLS alike and notes what came. */
async function listen(): Promise<{
  readonly port: number
  seen(act: () => Promise<void>): Promise<Seen>
  close(): Promise<void>
}> {
  const nobody = await issueCertificate({
    commonName: 'nobody',
    use: 'server',
    minutes: 60,
    names: [{ type: 'ip', value: '127.0.0.1' }],
  })
  let seen: Seen = 'nobody'
  const sockets = new Set<Socket>()
  const tls = createTls(
    { cert: nobody.cert, key: nobody.key, requestCert: true, rejectUnauthorized: false },
    (socket) => {
      // A client that sends its request has taken this server for good.
      socket.on('data', () => {
        seen = 'tls, server not verified'
        socket.destroy()
      })
      socket.on('error', () => undefined)
    },
  )
  tls.on('tlsClientError', () => undefined)
  const tcp = createTcp((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.once('data', (chunk: Buffer) => {
      const isTls = chunk[0] === 0x16
      if (!isTls) {
        seen = 'plain'
        socket.destroy()
        return
      }
      if (seen === 'nobody') seen = 'tls, server refused'
      const behind = connect((tls.address() as AddressInfo).port, '127.0.0.1')
      behind.on('error', () => socket.destroy())
      behind.write(chunk)
      socket.pipe(behind)
      behind.pipe(socket)
    })
  })
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  return {
    port: (tcp.address() as AddressInfo).port,
    async seen(act) {
      seen = 'nobody'
      await act()
      return seen
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => tcp.close(resolve))
      tls.close()
    },
  }
}

function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number | null> {
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: 'ignore',
    timeout: 20_000,
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
}

async function versionOf(docker: string): Promise<string> {
  const child = spawn(docker, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await new Promise((resolve) => child.on('close', resolve))
  return /version (\S+?),/.exec(text)?.[1] ?? ''
}
