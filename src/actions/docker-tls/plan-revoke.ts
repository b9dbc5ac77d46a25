import {
  serverCertificate,
  authorityCertificate,
  authorityFileList,
  clientCertificate,
  clientFileList,
  inventoryFile,
  refuseForeign,
  serverFileList,
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
import type { DockerTlsPlan, PlanContext } from './docker-tls-plan.js'
import type { Restart } from './inventory.js'
import { RampartError } from '../../model/index.js'

export interface RevokeWish {
  readonly names: readonly string[]
  readonly restartCommand?: string
  readonly hostname: string
  readonly encryptKey: boolean
}

/**
 * Takes a client's access away. dockerd reads no list of revoked certificates (moby/moby issue 27778), so this is a new
 * authority, with new certificates for the server and for every other client, and a restart.
 */
export function planRevoke(context: PlanContext, wish: RevokeWish): DockerTlsPlan {
  const inventory = needInventory(context)
  const gone = new Set(wish.names)
  for (const name of gone)
    if (
      !inventory.minted.some(
        (each) => each.use === 'client' && each.name === name && each.state !== 'revoked',
      )
    )
      throw new RampartError(
        'usage',
        `no certificate was made for \`${name}\`, or it is revoked: \`rampart docker list\` shows all`,
      )
  const current = inventory.minted.filter(({ use, state }) => use === 'client' && state === 'current')
  const others = current.filter(
    ({ name, notAfter }) => !gone.has(name) && Date.parse(notAfter) > context.now.getTime(),
  )
  const ended = current.filter(
    ({ name, notAfter }) => !gone.has(name) && Date.parse(notAfter) <= context.now.getTime(),
  )
  const stay = others.map(({ name }) => placedClient(inventory, name))
  const host = firstEndpoint(inventory)
  const { certFolder } = inventory.daemon
  const server = currentOf(inventory, 'server', 'server')
  const names = serverNames({
    named: server?.names ?? [],
    endpoints: inventory.daemon.endpoints,
    hostname: '',
    hostAddresses: [],
  })
  const files = [
    ...authorityFileList(context.authorityFolder, wish.encryptKey),
    ...serverFileList(certFolder),
    ...stay.flatMap(({ name, place }) =>
      clientFileList(clientFiles(place, host), name).filter(({ holds }) => holds.kind !== 'text'),
    ),
    inventoryFile(context.authorityFolder),
  ]
  refuseForeign(context, files)
  const restart: Restart =
    wish.restartCommand === undefined
      ? inventory.daemon.restart
      : { kind: 'command', command: wish.restartCommand }
  return {
    ...frame(context, inventory, 'revoke'),
    certificates: [
      authorityCertificate(context, wish.hostname),
      serverCertificate(context, names),
      ...stay.map(({ name, place }) => clientCertificate(context, name, place)),
    ],
    folders: stay.flatMap(({ place }) => clientFiles(place, host).folders),
    files,
    restart,
    revoked: [...gone],
    notes: [
      'dockerd reads no lists of revoked certificates: only a new authority ends one before its time. Every certificate of the old authority is refused afterwards, the replaced ones too',
      ...liveRestoreNote(context.seen),
      stay.length === 0
        ? 'no other client has a certificate'
        : `new certificates for ${stay.map(({ name }) => name).join(', ')}: written where theirs are on this machine; whoever took a copy away needs the new one`,
      ...ended.map(
        ({ name, notAfter }) => `${name} gets none: that certificate ended on ${notAfter.slice(0, 10)}`,
      ),
    ],
    next: stay.map(
      ({ name, place }) =>
        `hand ${name} the new files of ${place.kind === 'folder' ? place.path : `the context ${place.name}`}, where they are used elsewhere`,
    ),
  }
}
