import {
  clientCertificate,
  clientFileList,
  clientUse,
  inventoryFile,
  refuseForeign,
  serverCertificate,
  serverFiles,
  serverPair,
} from './plan-files.js'
import {
  currentOf,
  firstEndpoint,
  frame,
  liveRestoreNote,
  needInventory,
  placedClient,
} from './plan-on-inventory.js'
import { clientFiles } from './plan-client-place.js'
import { serverNames } from './plan-addresses.js'
import type { DockerTlsPlan, PlanContext, PlannedFile } from './docker-tls-plan.js'
import type { ClientPlace, Inventory, Restart } from './inventory.js'
import { RampartError } from '../../model/index.js'

export interface AddClientWish {
  readonly name: string
  readonly place: ClientPlace
  /** By what the client calls the daemon, where that is not its first address. */
  readonly host?: string
}

/** Makes a certificate for one more person; the daemon is not touched. */
export function planAddClient(context: PlanContext, wish: AddClientWish): DockerTlsPlan {
  const inventory = needInventory(context)
  const present = currentOf(inventory, 'client', wish.name)
  if (present !== undefined && Date.parse(present.notAfter) > context.now.getTime())
    throw new RampartError(
      'not-allowed',
      `${wish.name} has a certificate until ${present.notAfter.slice(0, 10)} already: \`rampart docker rotate --client ${wish.name}\` renews it. Nothing was changed.`,
    )
  const first = firstEndpoint(inventory)
  const host = { address: wish.host ?? first.address, port: first.port }
  const client = clientFiles(wish.place, host)
  const holder = inventory.minted.find(
    ({ use, state, name, place }) =>
      use === 'client' &&
      state === 'current' &&
      name !== wish.name &&
      place !== undefined &&
      clientFiles(place, host).key === client.key,
  )
  if (holder !== undefined)
    throw new RampartError(
      'not-allowed',
      `the certificate of ${holder.name} is there already (${client.cert}): name another place with --client-dir or --context. Nothing was changed.`,
    )
  const files = [...clientFileList(client, wish.name), inventoryFile(context.authorityFolder)]
  refuseForeign(context, files)
  return {
    ...frame(context, inventory, 'add-client'),
    certificates: [clientCertificate(context, wish.name, wish.place)],
    folders: client.folders,
    files,
    notes: ['the daemon is not restarted: it accepts every client certificate of its authority'],
    next: clientUse(wish.place, host),
  }
}

export interface RotateWish {
  /** Clients whose certificates are renewed where they are; empty: the server's is. */
  readonly clients: readonly string[]
  readonly names: readonly string[]
  readonly restartCommand?: string
}

/** Renews the server's certificate, or those of clients. */
export function planRotate(context: PlanContext, wish: RotateWish): DockerTlsPlan {
  const inventory = needInventory(context)
  if (wish.clients.length > 0) return planRotateClients(context, inventory, wish.clients)
  const { certFolder } = inventory.daemon
  const { cert, key } = serverFiles(certFolder)
  const before = currentOf(inventory, 'server', 'server')
  const names = serverNames({
    named: [...wish.names, ...(before?.names ?? [])],
    endpoints: [],
    hostname: '',
    hostAddresses: [],
  })
  const files = [...serverPair(cert, key), inventoryFile(context.authorityFolder)]
  refuseForeign(context, files)
  const restart: Restart =
    wish.restartCommand === undefined
      ? inventory.daemon.restart
      : { kind: 'command', command: wish.restartCommand }
  return {
    ...frame(context, inventory, 'rotate'),
    certificates: [serverCertificate(context, names)],
    files,
    restart,
    notes: [
      'dockerd reads its certificate at its start alone, so it is restarted',
      ...liveRestoreNote(context.seen),
      'clients go on with what they have: the authority stays',
    ],
  }
}

function planRotateClients(
  context: PlanContext,
  inventory: Inventory,
  names: readonly string[],
): DockerTlsPlan {
  const renewed = names.map((name) => placedClient(inventory, name))
  const host = firstEndpoint(inventory)
  const files = [
    ...renewed.flatMap(({ name, place }) =>
      clientFileList(clientFiles(place, host), name).filter(isOfClient),
    ),
    inventoryFile(context.authorityFolder),
  ]
  refuseForeign(context, files)
  return {
    ...frame(context, inventory, 'rotate'),
    certificates: renewed.map(({ name, place }) => clientCertificate(context, name, place)),
    folders: renewed.flatMap(({ place }) => clientFiles(place, host).folders),
    files,
    notes: [
      'the daemon is not restarted',
      ...renewed.map(
        ({ name, notAfter }) =>
          `the certificate of ${name} that is replaced is still accepted until ${notAfter.slice(0, 10)}: it ends earlier only by \`rampart docker revoke\``,
      ),
    ],
  }
}

/** The description of a context and its authority stay when only the certificate is renewed. */
function isOfClient({ holds }: PlannedFile): boolean {
  return holds.kind !== 'text' && !(holds.kind === 'certificate' && holds.of === 'authority')
}
