import { parseDaemonHost, type DaemonHost } from '../../docker/index.js'
import {
  asStrings,
  unknown,
  type Fact,
  type Host,
  type Origin,
  type Setting,
  type Unknown,
} from '../../model/index.js'
import type { Layers } from './layers.js'
import { activatedSockets } from './socket-unit.js'

/** One socket that the daemon answers on, with the words that ask for it. */
export interface Listener {
  readonly word: string
  readonly host: DaemonHost
  readonly origin: Origin
  /** systemd opens it and hands it over. */
  readonly activated: boolean
}

/** The sockets that were found, and why there may be more. */
export interface Listeners {
  readonly seen: readonly Listener[]
  readonly unseen?: Unknown
}

/** Where the daemon listens: `hosts` word by word, `fd://` by what docker.socket says. */
export function listenersOf(
  layers: Layers,
  hosts: Setting,
  fact: Fact,
  tls: boolean,
  machine: Host | undefined,
): Listeners {
  if (!fact.known) return { seen: [], unseen: fact }
  const seen: Listener[] = []
  let unseen: Unknown | undefined
  for (const [index, word] of asStrings(hosts.value).entries()) {
    const host = parseDaemonHost(word, { tls })
    const { origin } = layers.memberPlace(hosts, index)
    if (host.kind !== 'fd') {
      seen.push({ word, host, origin, activated: false })
      continue
    }
    const sockets = machine === undefined ? undefined : activatedSockets(machine)
    if (sockets === undefined) {
      const detail =
        '`fd://` takes the sockets of docker.socket, and that unit was not found among what was read'
      unseen = unknown('no-source', detail, origin)
    } else seen.push(...sockets.map((socket) => ({ ...socket, activated: true })))
  }
  return { seen, ...(unseen === undefined ? {} : { unseen }) }
}
