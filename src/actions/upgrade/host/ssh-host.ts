import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type { Client, ClientChannel, ConnectConfig } from 'ssh2'
import { HostRefused, HostUnreachable, OutputEnd, wholeScript } from './host-transport.js'
import type { HostAnswer, HostTransport, ScriptOptions } from './host-transport.js'
import { judgeHostKey, keyFingerprint, keyType, knownHostName, knownKeyTypes } from './known-hosts.js'
import { readKnownHosts, type HostKeyVerdict, type KnownHost } from './known-hosts.js'
import { algorithmsOf } from './ssh-algorithms.js'
import { authentications } from './ssh-keys.js'
import type { SshOptions } from './ssh-options.js'

const CONNECT_WITHIN = 20_000
/** A connection on which nothing comes back for three of these is lost. */
const KEEPALIVE = 10_000
const KNOWN_HOSTS = ['known_hosts', 'known_hosts2']

/**
 * The shell of a host over SSH, over other hosts where `via` says so. The connection is made with the first script and again
 * after each loss. Host keys are those of known_hosts, at each host on the way; a key that is not there is refused, never
 * learnt. There are no passwords.
 */
export function sshHost(options: SshOptions): HostTransport {
  let connection: Promise<Client> | undefined
  const name = nameOf(options)
  const connected = (): Promise<Client> => {
    if (connection === undefined) {
      connection = connect(options, () => (connection = undefined))
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

function nameOf({ user, host, port = 22 }: SshOptions): string {
  return `${user}@${knownHostName(host, port)}`
}

/** Connects to the host, over `via` first. Ending the client ends what it goes over. */
async function connect(options: SshOptions, lost: () => void): Promise<Client> {
  if (options.via === undefined) return connectOver(options, undefined, lost)
  const jump = await connect(options.via, () => undefined)
  try {
    const channel = await throughJump(jump, options, nameOf(options.via))
    const client = await connectOver(options, channel, lost)
    client.once('close', () => jump.end())
    return client
  } catch (error) {
    jump.end()
    throw error
  }
}

/** Source: RFC 4254 section 7.2, direct-tcpip; what `ssh -W` asks for. */
function throughJump(
  jump: Client,
  { host, port = 22 }: SshOptions,
  jumpName: string,
): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    jump.once('close', () => reject(new HostUnreachable(`${jumpName}: the connection was closed`)))
    jump.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
      if (error === undefined) resolve(channel)
      else
        reject(
          new HostUnreachable(
            `${jumpName}: it does not reach ${knownHostName(host, port)}: ${error.message}`,
            error,
          ),
        )
    })
  })
}

async function connectOver(
  options: SshOptions,
  over: ClientChannel | undefined,
  lost: () => void,
): Promise<Client> {
  // It is loaded where it is used: most commands need no SSH.
  const ssh2 = await import('ssh2')
  const name = nameOf(options)
  const { host, port = 22, hostKeyAlias: alias } = options
  const entries = knownEntries(options)
  const types = knownKeyTypes(entries, { host, port, alias })
  let refused: HostRefused | undefined
  const config: ConnectConfig = {
    host,
    port,
    username: options.user,
    ...(over === undefined ? {} : { sock: over }),
    ...(options.family === 4 ? { forceIPv4: true } : options.family === 6 ? { forceIPv6: true } : {}),
    ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
    readyTimeout: options.connectWithin ?? CONNECT_WITHIN,
    keepaliveInterval: KEEPALIVE,
    keepaliveCountMax: 3,
    algorithms: algorithmsOf(options, types, name),
    hostVerifier: (key: Buffer) => {
      const verdict = judgeHostKey(entries, { host, port, alias }, key)
      if (verdict.kind !== 'known') refused = hostKeyError(verdict, options, name, key)
      return verdict.kind === 'known'
    },
    authHandler: authentications(options, name, ssh2.default),
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

function knownEntries(options: SshOptions): KnownHost[] {
  return knownFiles(options).flatMap((file) => {
    try {
      return readKnownHosts(file, readFileSync(file, 'utf8')).entries
    } catch (error) {
      // A file that the user named must be there; the usual ones need not.
      if (options.knownHosts === undefined) return []
      throw new HostRefused(`known hosts ${file}: ${(error as Error).message}`, error)
    }
  })
}

function knownFiles({ knownHosts, usualKnownHosts }: SshOptions): readonly string[] {
  return (
    knownHosts ??
    usualKnownHosts ?? [
      ...KNOWN_HOSTS.map((file) => path.join(homedir(), '.ssh', file)),
      '/etc/ssh/ssh_known_hosts',
    ]
  )
}

function hostKeyError(
  verdict: Exclude<HostKeyVerdict, { kind: 'known' }>,
  options: SshOptions,
  name: string,
  key: Buffer,
): HostRefused {
  const shown = `${keyType(key) ?? 'a key'} ${keyFingerprint(key)}`
  const port = options.port === undefined || options.port === 22 ? '' : `-p ${options.port} `
  const alias =
    options.hostKeyAlias === undefined
      ? ''
      : ` as ${options.hostKeyAlias} in ${knownFiles(options).join(', ')}`
  switch (verdict.kind) {
    case 'unknown':
      return new HostRefused(
        `${name}: its key is not known (${shown})${alias}. Compare it with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub there), then let ssh keep it: ssh ${port}${options.user}@${options.host}`,
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
