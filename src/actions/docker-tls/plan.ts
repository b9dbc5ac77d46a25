import { posix } from 'node:path'
import { RampartError } from '../../model/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import { AUTHORITY_FILES, type DockerTlsPlan, type PlanContext, type PlannedFile } from './docker-tls-plan.js'
import type { ClientPlace, TlsEndpoint } from './inventory.js'
import { refusePublic, serverNames } from './plan-addresses.js'
import { clientFiles } from './plan-client-place.js'
import { planDaemon, restartOf, tcpListeners } from './plan-daemon.js'
import {
  serverCertificate,
  authorityCertificate,
  authorityFileList,
  clientCertificate,
  clientFileList,
  clientUse,
  inventoryFile,
  refuseForeign,
  serverFileList,
  serverFiles,
} from './plan-files.js'

export interface SetupWish {
  readonly listen: readonly TlsEndpoint[]
  readonly names: readonly string[]
  readonly allowPublic: boolean
  readonly certFolder: string
  readonly client: { readonly name: string; readonly place: ClientPlace }
  readonly restartCommand?: string
  readonly hostname: string
  readonly hostAddresses: readonly string[]
  readonly encryptKey: boolean
}

/** Makes a daemon ask every client for a certificate of an authority of its own. */
export function planSetup(context: PlanContext, wish: SetupWish): DockerTlsPlan {
  const { seen, inventory, authorityFolder } = context
  if (inventory !== undefined)
    throw new RampartError(
      'not-allowed',
      `${authorityFolder} holds an authority for ${inventory.daemon.configFile} already. \`rampart docker list\` shows what it made, \`rotate\` renews the server's certificate, \`add-client\` makes one for a person; for another daemon name another --ca-dir. Nothing was changed.`,
    )
  const listen = listenOf(seen, wish)
  refusePublic(listen, wish.allowPublic)
  const restart = restartOf(seen, wish.restartCommand)
  const server = serverFiles(wish.certFolder)
  const daemon = planDaemon(seen, { listen, files: server, restart })
  const names = serverNames({ ...wish, named: wish.names, endpoints: listen })
  const [first] = listen
  if (first === undefined) throw new RampartError('usage', 'no address to listen on')
  const host = clientHost(first, wish)
  const client = clientFiles(wish.client.place, host)
  const files: PlannedFile[] = [
    ...authorityFileList(authorityFolder, wish.encryptKey),
    ...serverFileList(wish.certFolder),
    ...clientFileList(client, wish.client.name),
    inventoryFile(authorityFolder),
  ]
  refuseForeign(context, files)
  return {
    action: 'setup-tls',
    certificates: [
      authorityCertificate(context, wish.hostname),
      serverCertificate(context, names),
      clientCertificate(context, wish.client.name, wish.client.place),
    ],
    folders: [
      { path: authorityFolder, mode: 0o700 },
      { path: wish.certFolder, mode: 0o755 },
      ...client.folders,
    ],
    files,
    changes: daemon.changes,
    ...(daemon.validate === undefined ? {} : { validate: daemon.validate }),
    restart,
    daemon: {
      configFile: seen.configFile,
      certFolder: wish.certFolder,
      ...(daemon.socket === undefined ? {} : { socket: daemon.socket }),
      endpoints: listen,
      before: seen.view === undefined ? [] : tcpListeners(seen.view),
      ...(seen.process === undefined ? {} : { process: seen.process }),
      restart,
    },
    authorityFolder,
    revoked: [],
    notes: [
      ...daemon.notes,
      `${posix.join(authorityFolder, AUTHORITY_FILES.key)} signs every certificate: whoever has it is root here. ${wish.encryptKey ? 'It is encrypted with your passphrase, which is not kept.' : 'It is not encrypted (--ca-passphrase does that).'} The daemon does not need it: it can be kept on another machine.`,
      'dockerd reads no lists of revoked certificates: a certificate is accepted until it ends, or until `rampart docker revoke` makes a new authority',
    ],
    next: clientUse(wish.client.place, host),
  }
}

/** The addresses that the user names, else those that the daemon has over TCP: port 2375 becomes 2376. */
function listenOf({ view, configFile }: DaemonSeen, wish: SetupWish): readonly TlsEndpoint[] {
  if (wish.listen.length > 0) return wish.listen
  const present = view === undefined ? [] : tcpListeners(view)
  if (present.length === 0)
    throw new RampartError(
      'usage',
      `the daemon of ${configFile} has no address over TCP yet: name one with --address, as --address 10.0.0.5`,
    )
  return present.map(({ address, port }) => ({ address, port: port === 2375 ? 2376 : port }))
}

/** By what a client calls the daemon: an address that stands for all is none to call. */
function clientHost(
  { address, port }: TlsEndpoint,
  { names, hostname }: Pick<SetupWish, 'names' | 'hostname'>,
): TlsEndpoint {
  const all = address === '0.0.0.0' || address === '::'
  return { address: all ? (names[0] ?? hostname) : address, port }
}
