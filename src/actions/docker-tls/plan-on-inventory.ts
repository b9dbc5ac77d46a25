import { posix } from 'node:path'
import { RampartError } from '../../model/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import {
  AUTHORITY_FILES,
  type DockerTlsAction,
  type DockerTlsPlan,
  type PlanContext,
} from './docker-tls-plan.js'
import type { ClientPlace, Inventory, MintedCertificate, TlsEndpoint } from './inventory.js'

export function needInventory({ inventory, authorityFolder }: PlanContext): Inventory {
  if (inventory !== undefined) return inventory
  throw new RampartError(
    'no-input',
    `${posix.join(authorityFolder, AUTHORITY_FILES.inventory)} is not there: \`rampart docker setup-tls\` makes the authority, and --ca-dir names its folder where it is elsewhere`,
  )
}

export function currentOf(
  inventory: Inventory,
  use: 'server' | 'client',
  name: string,
): MintedCertificate | undefined {
  return inventory.minted.find((each) => each.use === use && each.name === name && each.state === 'current')
}

export function placedClient(
  inventory: Inventory,
  name: string,
): MintedCertificate & { readonly place: ClientPlace } {
  const found = currentOf(inventory, 'client', name)
  if (found?.place === undefined)
    throw new RampartError(
      'usage',
      `no certificate was made for \`${name}\`, or it is revoked: \`rampart docker list\` shows all`,
    )
  return { ...found, place: found.place }
}

export function firstEndpoint({ daemon }: Inventory): TlsEndpoint {
  const [first] = daemon.endpoints
  if (first === undefined)
    throw new RampartError('unreadable-input', 'the inventory names no address of the daemon')
  return first
}

export function liveRestoreNote({ view }: DaemonSeen): string[] {
  const live = view?.boolean('live-restore')
  return [
    live?.known === true && live.value
      ? 'live-restore is on: containers go on while dockerd restarts'
      : 'live-restore is off: the restart stops every container, and starts again those with a restart policy',
  ]
}

/** What every plan after the first has from the inventory. */
export function frame(
  { seen, authorityFolder }: PlanContext,
  { daemon }: Inventory,
  action: DockerTlsAction,
): Omit<DockerTlsPlan, 'certificates' | 'files' | 'notes'> {
  return {
    action,
    folders: [],
    changes: [],
    daemon: {
      ...daemon,
      before: daemon.endpoints,
      ...(seen.process === undefined ? {} : { process: seen.process }),
    },
    authorityFolder,
    revoked: [],
    next: [],
  }
}
