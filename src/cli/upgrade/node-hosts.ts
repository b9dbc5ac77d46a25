import { InvalidArgumentError, type Command } from 'commander'
import type { NodeHost, SshOptions } from '../../actions/upgrade/index.js'
import { RampartError } from '../../model/index.js'
import { collect, oneOf } from '../inputs.js'

/** How one gets at the hosts of nodes. */
export interface HostOptions {
  readonly transport: Transport
  readonly host?: string[]
  readonly sshUser?: string
  readonly sshPort?: number
  readonly sshKey?: string[]
  readonly sshKnownHosts?: string[]
  readonly sshConfig?: string
}

const TRANSPORTS = ['ssh', 'local', 'manual'] as const
type Transport = (typeof TRANSPORTS)[number]

/** Adds the options about hosts to a command. */
export function addHosts(command: Command): Command {
  return command
    .optionsGroup('Hosts:')
    .option(
      '--transport <how>',
      'how commands get to nodes: ssh, local (this machine is the node), manual (they are printed, and you say when it is done)',
      oneOf(TRANSPORTS),
      'ssh',
    )
    .option(
      '--host <node=address>',
      'the host of one node: an address, user@address:port, local or manual (may be repeated)',
      collect,
    )
    .option(
      '--ssh-config <file>',
      "ssh's configuration (default: ~/.ssh/config and /etc/ssh/ssh_config); `none` reads none",
    )
    .option(
      '--ssh-user <user>',
      'who logs in; anyone but root uses `sudo -n` (default: as configured, else root)',
    )
    .option('--ssh-port <port>', 'the port of SSH (default: as configured, else 22)', port)
    .option(
      '--ssh-key <file>',
      'a private key, before those configured (may be repeated; default: the agent and the usual files)',
      collect,
    )
    .option(
      '--ssh-known-hosts <file>',
      'where the keys of hosts are known (may be repeated; default: as configured, else ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts)',
      collect,
    )
    .optionsGroup('Options:')
}

function port(text: string): number {
  const value = Number(text)
  if (!/^\d{1,5}$/.test(text) || value < 1 || value > 65_535) {
    throw new InvalidArgumentError('It must be a port from 1 to 65535.')
  }
  return value
}

/** Where a node is reached. */
export type HostTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'manual' }
  | {
      readonly kind: 'ssh'
      /** As named on the command line. */
      readonly user: string | undefined
      readonly host: string
      readonly port: number | undefined
      /** How it is reached, once the configuration of ssh was asked. */
      readonly route?: SshOptions
    }

/** Throws RampartError for a `--host` that can be none, whatever the plan. */
export function refuseHosts(options: HostOptions): void {
  namedTargets(options)
}

function namedTargets(options: HostOptions): ReadonlyMap<string, HostTarget> {
  const named = new Map<string, HostTarget>()
  for (const text of options.host ?? []) {
    const at = text.indexOf('=')
    const [node, address] = [text.slice(0, at), text.slice(at + 1)]
    if (at < 1 || address === '')
      throw new RampartError('usage', `--host \`${text}\`: it must be NODE=ADDRESS`)
    named.set(node, readTarget(address, options))
  }
  return named
}

/** The target of each node. Throws RampartError for a node that the plan does not have, and for two local ones. */
export function hostTargets(nodes: readonly string[], options: HostOptions): ReadonlyMap<string, HostTarget> {
  const known = new Set(nodes)
  const named = namedTargets(options)
  for (const node of named.keys()) {
    if (!known.has(node)) throw new RampartError('usage', `--host ${node}: the plan has no node \`${node}\``)
  }
  const targets = new Map(nodes.map((node) => [node, named.get(node) ?? usualTarget(node, options)]))
  const local = [...targets].filter(([, { kind }]) => kind === 'local').map(([node]) => node)
  if (local.length > 1) {
    throw new RampartError(
      'usage',
      `this machine cannot be ${local.length} nodes (${local.slice(0, 3).join(', ')}): name the others by --host NODE=ADDRESS or NODE=manual`,
    )
  }
  return targets
}

function usualTarget(node: string, { transport, sshUser, sshPort }: HostOptions): HostTarget {
  if (transport === 'ssh') return { kind: 'ssh', user: sshUser, host: node, port: sshPort }
  return transport === 'local' ? { kind: 'local' } : { kind: 'manual' }
}

/** `local`, `manual`, `[user@]address[:port]`; an IPv6 address with a port stands in brackets. */
function readTarget(text: string, { sshUser, sshPort }: HostOptions): HostTarget {
  if (text === 'local') return { kind: 'local' }
  if (text === 'manual') return { kind: 'manual' }
  const found =
    /^(?:([^@\s]+)@)?(?:\[([0-9A-Fa-f:.]+)\](?::(\d{1,5}))?|([^:@[\]\s]+)(?::(\d{1,5}))?|([0-9A-Fa-f:.]+))$/.exec(
      text,
    )
  if (found === null) throw new RampartError('usage', `--host: \`${text}\` is no address`)
  const [, user = sshUser, bracketed, bracketedPort, name, namePort, bare] = found
  const portText = bracketedPort ?? namePort
  return {
    kind: 'ssh',
    user,
    host: bracketed ?? name ?? bare ?? '',
    port: portText === undefined ? sshPort : Number(portText),
  }
}

/**
 * The same with the way to each host, as ssh's configuration has it. Throws RampartError that names file and line where that
 * cannot be followed: before anything is begun.
 */
export async function withRoutes(
  targets: ReadonlyMap<string, HostTarget>,
  { sshKey: keys, sshKnownHosts: knownHosts, sshConfig: config }: HostOptions,
): Promise<ReadonlyMap<string, HostTarget>> {
  const { ConfigTexts, sshRoute } = await import('../../actions/upgrade/index.js')
  const texts = new ConfigTexts()
  return new Map(
    [...targets].map(([node, target]): readonly [string, HostTarget] => {
      if (target.kind !== 'ssh') return [node, target]
      const { host, user, port } = target
      const question = {
        host,
        ...(user === undefined ? {} : { user }),
        ...(port === undefined ? {} : { port }),
        ...(keys === undefined ? {} : { keys }),
        ...(knownHosts === undefined ? {} : { knownHosts }),
        ...(config === undefined ? {} : { config }),
      }
      return [node, { ...target, route: sshRoute(question, texts) }]
    }),
  )
}

/** Ways to the hosts, made when they are first used, and their end. */
export async function nodeHosts(
  targets: ReadonlyMap<string, HostTarget>,
  options: HostOptions,
): Promise<{ readonly host: (node: string) => NodeHost; close(): void }> {
  const { localHost, sshHost } = await import('../../actions/upgrade/index.js')
  const routed = await withRoutes(targets, options)
  const hosts = new Map<string, NodeHost>()
  const made = (node: string): NodeHost => {
    const target = routed.get(node) ?? { kind: 'manual' }
    if (target.kind === 'local') {
      return { kind: 'shell', transport: localHost({ sudo: process.getuid?.() !== 0 }) }
    }
    if (target.kind === 'manual' || target.route === undefined) return { kind: 'person' }
    return { kind: 'shell', transport: sshHost(target.route) }
  }
  return {
    host(node) {
      const there = hosts.get(node) ?? made(node)
      hosts.set(node, there)
      return there
    },
    close() {
      for (const host of hosts.values()) if (host.kind === 'shell') host.transport.close()
    },
  }
}

/** `ssh root@10.0.0.4 port 2222 over ops@bastion`, `this machine`, `by hand`. */
export function targetText(target: HostTarget | undefined): string {
  if (target === undefined || target.kind === 'manual') return 'by hand'
  if (target.kind === 'local') return 'this machine'
  const over = jumpsTo(target.route?.via)
  return `ssh ${hostText(target.route ?? target)}${over.length === 0 ? '' : ` over ${over.map(hostText).join(', ')}`}`
}

/** The hosts on the way, the first one first. */
function jumpsTo(via: SshOptions | undefined): readonly SshOptions[] {
  return via === undefined ? [] : [...jumpsTo(via.via), via]
}

function hostText({
  user,
  host,
  port,
}: Readonly<Record<'host', string>> & { user?: string | undefined; port?: number | undefined }): string {
  return `${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : ` port ${port}`}`
}
