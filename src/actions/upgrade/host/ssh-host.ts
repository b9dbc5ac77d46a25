import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type { Client, ClientChannel, ConnectConfig } from 'ssh2'
import { HostRefused, HostUnreachable, OutputEnd, wholeScript } from './host-transport.js'
import type { HostAnswer, HostTransport, ScriptOptions } from './host-transport.js'
import { judgeHostKey, keyFingerprint, keyType, knownHostName, knownKeyTypes } from './known-hosts.js'
import { readKnownHosts, type HostKeyVerdict, type KnownHost } from './known-hosts.js'

export interface SshOptions {
  readonly host: string
  /** 22 where absent. */
  readonly port?: number
  readonly user: string
  /** Key files; where absent those of ~/.ssh that ssh itself tries. */
  readonly keys?: readonly string[]
  /** Files of known hosts; ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts where absent. */
  readonly knownHosts?: readonly string[]
  /** The agent's socket; `SSH_AUTH_SOCK` is the caller's to hand in. */
  readonly agent?: string
  /** Asks for root by `sudo -n`; otherwise the user is root. */
  readonly sudo?: boolean
  /** Milliseconds until a connection must stand. */
  readonly connectWithin?: number
}

const CONNECT_WITHIN = 20_000
/** A connection on which nothing comes back for three of these is lost. */
const KEEPALIVE = 10_000
const KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa']

/**
 * The shell of a host over SSH. The connection is made with the first script and again after each loss. Host keys are
 * those of known_hosts; a key that is not there is refused, never learnt. There are no passwords.
 */
export function sshHost(options: SshOptions): HostTransport {
  let connection: Promise<Client> | undefined
  const name = `${options.user}@${knownHostName(options.host, options.port ?? 22)}`
  const connected = (): Promise<Client> => {
    if (connection === undefined) {
      connection = connect(options, name, () => (connection = undefined))
      connection.catch(() => (connection = undefined))
    }
    return connection
  }
  return {
    kind: 'ssh',
    name,
    run: async (script, scriptOptions) => runScript(await connected(), name, options, script, scriptOptions),
    close: () => void connection?.then((client) => client.end()).catch(() => undefined),
  }
}

async function connect(options: SshOptions, name: string, lost: () => void): Promise<Client> {
  // It is loaded where it is used: most commands need no SSH.
  const ssh2 = await import('ssh2')
  const { host, port = 22 } = options
  const entries = knownEntries(options)
  const types = knownKeyTypes(entries, { host, port })
  let refused: HostRefused | undefined
  const config: ConnectConfig = {
    host,
    port,
    username: options.user,
    readyTimeout: options.connectWithin ?? CONNECT_WITHIN,
    keepaliveInterval: KEEPALIVE,
    keepaliveCountMax: 3,
    // Of several keys the server shows the first that both sides name: one that is known, where one is.
    ...(types.length === 0 ? {} : { algorithms: { serverHostKey: serverKeyAlgorithms(types) } }),
    hostVerifier: (key: Buffer) => {
      const verdict = judgeHostKey(entries, { host, port }, key)
      if (verdict.kind !== 'known') refused = hostKeyError(verdict, options, name, key)
      return verdict.kind === 'known'
    },
    authHandler: authentications(options, name, ssh2.default.utils),
  }
  return new Promise((resolve, reject) => {
    const client = new ssh2.default.Client()
    client.on('ready', () => resolve(client))
    client.on('error', (error: Error & { level?: string }) => {
      lost()
      client.destroy()
      reject(refused ?? connectionError(error, name))
    })
    client.on('close', () => {
      lost()
      reject(refused ?? new HostUnreachable(`${name}: the connection was closed`))
    })
    try {
      client.connect(config)
    } catch (error) {
      reject(connectionError(error as Error, name))
    }
  })
}

function connectionError(error: Error & { level?: string; code?: string }, name: string): Error {
  if (error.level === 'client-authentication') {
    return new HostRefused(
      `${name}: it takes none of your keys; add one (--ssh-key FILE, or ssh-add), and look whether \`ssh ${name.replace(/\[([^\]]+)\]:(\d+)/, '$1 -p $2')}\` works`,
      error,
    )
  }
  if (error.level === 'agent') return new HostRefused(`${name}: the SSH agent: ${error.message}`, error)
  const why = error.level === 'client-timeout' ? 'it does not answer' : error.message
  return new HostUnreachable(`${name}: ${why}`, error)
}

/** RSA keys are offered under the names of their signatures. Source: RFC 8332. */
function serverKeyAlgorithms(
  types: readonly string[],
): NonNullable<ConnectConfig['algorithms']>['serverHostKey'] {
  const names = types.flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]))
  return names as NonNullable<ConnectConfig['algorithms']>['serverHostKey']
}

function knownEntries(options: SshOptions): KnownHost[] {
  const files = options.knownHosts ?? [
    path.join(homedir(), '.ssh', 'known_hosts'),
    '/etc/ssh/ssh_known_hosts',
  ]
  return files.flatMap((file) => {
    try {
      return readKnownHosts(file, readFileSync(file, 'utf8')).entries
    } catch (error) {
      // A file that the user named must be there; the usual ones need not.
      if (options.knownHosts === undefined) return []
      throw new HostRefused(`known hosts ${file}: ${(error as Error).message}`, error)
    }
  })
}

function hostKeyError(
  verdict: Exclude<HostKeyVerdict, { kind: 'known' }>,
  options: SshOptions,
  name: string,
  key: Buffer,
): HostRefused {
  const shown = `${keyType(key) ?? 'a key'} ${keyFingerprint(key)}`
  const port = options.port === undefined || options.port === 22 ? '' : `-p ${options.port} `
  switch (verdict.kind) {
    case 'unknown':
      return new HostRefused(
        `${name}: its key is not known (${shown}). Compare it with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub there), then let ssh keep it: ssh ${port}${options.user}@${options.host}`,
      )
    case 'changed':
      return new HostRefused(
        `${name}: its key has changed: it shows ${shown}, ${verdict.at.file} line ${verdict.at.line} knows ${keyFingerprint(verdict.at.key)}. Either it was installed anew, or somebody stands between: nothing was sent`,
      )
    case 'revoked':
      return new HostRefused(
        `${name}: its key ${shown} is revoked in ${verdict.at.file} line ${verdict.at.line}: nothing was sent`,
      )
    case 'authority':
      return new HostRefused(
        `${name}: it is known by an authority alone (@cert-authority, ${verdict.at.file} line ${verdict.at.line}), and host certificates are not supported here: add the host's own key to known_hosts`,
      )
  }
}

/** First the agent, then key files; nothing that would ask for a password. */
function authentications(
  options: SshOptions,
  name: string,
  utils: typeof import('ssh2').utils,
): NonNullable<ConnectConfig['authHandler']> {
  const username = options.user
  const methods: (
    { type: 'agent'; username: string; agent: string } | { type: 'publickey'; username: string; key: Buffer }
  )[] = []
  if (options.agent !== undefined && options.agent !== '') {
    methods.push({ type: 'agent', username, agent: options.agent })
  }
  const files = options.keys ?? KEYS.map((file) => path.join(homedir(), '.ssh', file))
  const faults: string[] = []
  for (const file of files) {
    const key = readKey(file, utils)
    if (typeof key !== 'string') methods.push({ type: 'publickey', username, key })
    else if (key !== '' || options.keys !== undefined) faults.push(`${file}: ${key || 'no such file'}`)
  }
  // A key that the user named must be usable; of the usual ones any that is.
  if (options.keys !== undefined && faults.length > 0) throw new HostRefused(`${name}: ${faults.join('; ')}`)
  if (methods.length === 0) {
    const why = faults.length === 0 ? '' : ` (${faults.join('; ')})`
    throw new HostRefused(
      `${name}: there is no key to log in with${why}: start ssh-agent, or give --ssh-key FILE`,
    )
  }
  return methods
}

/** The key, or why it cannot be used; empty where there is no such file. */
function readKey(file: string, utils: typeof import('ssh2').utils): Buffer | string {
  let text: Buffer
  try {
    // ssh does not use a key that others can read either.
    const { mode } = statSync(file)
    if ((mode & 0o077) !== 0) return `others may read it (mode ${(mode & 0o777).toString(8)}): chmod 600 it`
    text = readFileSync(file)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : (error as Error).message
  }
  const parsed = utils.parseKey(text)
  if (!(parsed instanceof Error)) return text
  return /passphrase|encrypted/i.test(parsed.message)
    ? 'it is encrypted: add it to ssh-agent (ssh-add)'
    : 'it is no private key that can be read'
}

function runScript(
  client: Client,
  name: string,
  { sudo = false }: SshOptions,
  script: string,
  { timeoutMs, signal }: ScriptOptions,
): Promise<HostAnswer> {
  return new Promise((resolve, reject) => {
    const stdout = new OutputEnd()
    const stderr = new OutputEnd()
    let settled = false
    let channel: ClientChannel | undefined
    const finish = (outcome: () => void): void => {
      if (settled) return
      settled = true
      clearTimeout(limit)
      signal?.removeEventListener('abort', interrupted)
      client.off('close', closed)
      outcome()
    }
    const fail = (why: string, cause?: unknown): void =>
      finish(() => {
        channel?.close()
        reject(new HostUnreachable(`${name}: ${why}`, cause))
      })
    const closed = (): void => fail('the connection was lost')
    const interrupted = (): void => fail('interrupted')
    const limit = setTimeout(() => fail(`no answer within ${timeoutMs / 1000} s`), timeoutMs)
    client.on('close', closed)
    if (signal?.aborted === true) return interrupted()
    signal?.addEventListener('abort', interrupted, { once: true })
    // The script goes to standard input, so that no login shell has a say in it and no list of processes shows it.
    client.exec(sudo ? 'sudo -n -- sh -s' : 'sh -s', (error, opened) => {
      if (error !== undefined) return fail(error.message, error)
      channel = opened
      let status: number | undefined
      opened.on('data', (part: Buffer) => stdout.add(part))
      opened.stderr.on('data', (part: Buffer) => stderr.add(part))
      opened.on('exit', (code: number | null) => (status = code ?? 255))
      opened.on('error', (cause: Error) => fail(cause.message, cause))
      opened.on('close', () =>
        status === undefined
          ? fail('the connection was lost')
          : finish(() => resolve({ status: status as number, stdout: stdout.text(), stderr: stderr.text() })),
      )
      opened.end(wholeScript(script))
    })
  })
}
