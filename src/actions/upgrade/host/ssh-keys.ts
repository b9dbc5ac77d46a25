import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type { ConnectConfig, OpenSSHAgent } from 'ssh2'
import { HostRefused } from './host-transport.js'
import type { SshOptions } from './ssh-options.js'

const KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa']

type Ssh2 = typeof import('ssh2')
type Method =
  | { type: 'agent'; username: string; agent: string | OpenSSHAgent }
  | { type: 'publickey'; username: string; key: Buffer }

/** First the agent, then key files; nothing that would ask for a password. */
export function authentications(
  options: SshOptions,
  name: string,
  ssh2: Ssh2,
): NonNullable<ConnectConfig['authHandler']> {
  const username = options.user
  const named = readKeys(options.keys ?? [], ssh2.utils)
  const usual = options.keys === undefined && options.moreKeys === undefined
  const others = readKeys(
    usual ? KEYS.map((file) => path.join(homedir(), '.ssh', file)) : (options.moreKeys ?? []),
    ssh2.utils,
  )
  const agent = options.agent === '' ? undefined : options.agent
  // A key that the user named must be usable, by itself or because the agent may have it; of the others any that is.
  const faults = named.filter(
    ({ fault, offered }) => fault !== undefined && !(offered !== undefined && agent !== undefined),
  )
  if (faults.length > 0) throw new HostRefused(`${name}: ${faults.map(faultText).join('; ')}`)
  const keys = [...named, ...others]
  const methods: Method[] = []
  if (agent !== undefined) {
    const only = options.identitiesOnly === true ? keys.flatMap(({ offered }) => offered ?? []) : undefined
    methods.push({
      type: 'agent',
      username,
      agent: only === undefined ? agent : narrowAgent(agent, only, ssh2),
    })
  }
  for (const { key } of keys) if (key !== undefined) methods.push({ type: 'publickey', username, key })
  if (methods.length === 0) {
    const why = others.filter(({ fault }) => fault !== undefined && fault !== '').map(faultText)
    throw new HostRefused(
      `${name}: there is no key to log in with${why.length === 0 ? '' : ` (${why.join('; ')})`}: start ssh-agent, or give --ssh-key FILE`,
    )
  }
  return methods
}

/** A key file as it was found. */
interface KeyFile {
  readonly file: string
  /** A private key that can be used as it is. */
  readonly key?: Buffer
  /** The public key, by which an agent may know it. */
  readonly offered?: Buffer
  /** Why it cannot be used; empty where there is no such file. */
  readonly fault?: string
}

function faultText({ file, fault }: KeyFile): string {
  return `${file}: ${fault === '' ? 'no such file' : (fault ?? '')}`
}

/** The agent's keys that are among these, as IdentitiesOnly says. Source: ssh_config(5). */
function narrowAgent(socket: string, only: readonly Buffer[], { OpenSSHAgent }: Ssh2): OpenSSHAgent {
  const agent = new OpenSSHAgent(socket)
  const all = agent.getIdentities.bind(agent)
  agent.getIdentities = (done) =>
    all((error, keys = []) => {
      if (error != null) return done(error)
      done(
        null,
        keys.filter((key) => 'getPublicSSH' in key && only.some((each) => each.equals(key.getPublicSSH()))),
      )
    })
  return agent
}

function readKeys(files: readonly string[], utils: Ssh2['utils']): KeyFile[] {
  return files.map((file) => ({ file, ...readKey(file, utils) }))
}

function readKey(file: string, utils: Ssh2['utils']): Omit<KeyFile, 'file'> {
  const offered = publicKey(`${file}.pub`, utils)
  const known = offered === undefined ? {} : { offered }
  let text: Buffer
  let mode: number
  try {
    mode = statSync(file).mode
    text = readFileSync(file)
  } catch (error) {
    const fault = (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : (error as Error).message
    return { ...known, fault }
  }
  const parsed = utils.parseKey(text)
  if (parsed instanceof Error) {
    return {
      ...known,
      fault: /passphrase|encrypted/i.test(parsed.message)
        ? 'it is encrypted: add it to ssh-agent (ssh-add)'
        : 'it is no private key that can be read',
    }
  }
  const here = { offered: parsed.getPublicSSH() }
  // The name of a public key means the agent's private one.
  if (!parsed.isPrivateKey())
    return { ...here, fault: 'it is a public key, and no agent is asked for the private one' }
  // ssh does not use a key that others can read either.
  if ((mode & 0o077) !== 0)
    return { ...here, fault: `others may read it (mode ${(mode & 0o777).toString(8)}): chmod 600 it` }
  return { ...here, key: text }
}

function publicKey(file: string, utils: Ssh2['utils']): Buffer | undefined {
  try {
    const parsed = utils.parseKey(readFileSync(file))
    return parsed instanceof Error ? undefined : parsed.getPublicSSH()
  } catch {
    return undefined
  }
}
