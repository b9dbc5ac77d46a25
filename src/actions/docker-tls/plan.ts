import { posix } from 'node:path'
import { RampartError } from '../../model/index.js'
import type { KeyType } from '../../pki/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import type { ClientPlace, Inventory, MintedCertificate, Restart, TlsEndpoint } from './inventory.js'
import { refusePublic, serverNames, type AlternativeName } from './plan-addresses.js'
import { clientFiles } from './plan-client-place.js'
import { planDaemon, restartOf, tcpListeners, type TextChange } from './plan-daemon.js'

/** What `rampart docker` does about mutual TLS. */
export type DockerTlsAction = 'setup-tls' | 'rotate' | 'add-client' | 'revoke'

/** A certificate that is to be made. Ids are `authority`, `server`, `client NAME`. */
export interface PlannedCertificate {
  readonly id: string
  readonly name: string
  readonly use: 'authority' | 'server' | 'client'
  readonly days: number
  readonly keyType: KeyType
  readonly names: readonly AlternativeName[]
  readonly place?: ClientPlace
}

/** A file that is written with what is made, or with a text. No secret stands in a plan. */
export interface PlannedFile {
  readonly path: string
  readonly mode: number
  readonly what: string
  readonly holds:
    | { readonly kind: 'certificate' | 'key'; readonly of: string }
    | { readonly kind: 'inventory' }
    | { readonly kind: 'text'; readonly text: string }
}

/** Everything that is going to happen, as data: shown first, carried out with `--apply`. */
export interface DockerTlsPlan {
  readonly action: DockerTlsAction
  readonly certificates: readonly PlannedCertificate[]
  readonly folders: readonly { readonly path: string; readonly mode: number }[]
  readonly files: readonly PlannedFile[]
  /** daemon.json and the unit's drop-in. */
  readonly changes: readonly TextChange[]
  readonly validate?: readonly string[]
  /** Undefined: the daemon is left alone. */
  readonly restart?: Restart
  readonly daemon: {
    readonly configFile: string
    readonly certFolder: string
    readonly socket?: string
    readonly endpoints: readonly TlsEndpoint[]
    /** Addresses over TCP that the daemon has before. */
    readonly before: readonly TlsEndpoint[]
    readonly process?: { readonly pid: number; readonly started: number }
    readonly restart: Restart
  }
  readonly authorityFolder: string
  /** The certificates of the new authority that are no longer accepted afterwards, by name. */
  readonly revoked: readonly string[]
  /** What there is to know before it is done. */
  readonly notes: readonly string[]
  /** What is left to do for people. */
  readonly next: readonly string[]
}

/** Days that certificates live. */
export interface Lives {
  readonly authority: number
  readonly server: number
  readonly client: number
}

export interface PlanContext {
  readonly seen: DaemonSeen
  readonly inventory: Inventory | undefined
  readonly authorityFolder: string
  /** What is at a path now: nothing, a file that this program wrote, or another's. */
  readonly ownerOf: (path: string) => 'absent' | 'ours' | 'foreign'
  readonly lives: Lives
  readonly keyType: KeyType
  readonly now: Date
}

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

/** Names of the files in the authority's own folder. */
export const AUTHORITY_FILES = { cert: 'ca.pem', key: 'ca-key.pem', inventory: 'inventory.json' } as const

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
      {
        id: 'server',
        name: 'server',
        use: 'server',
        days: context.lives.server,
        keyType: context.keyType,
        names,
      },
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

/** The files that dockerd reads. */
export function serverFiles(folder: string): {
  readonly ca: string
  readonly cert: string
  readonly key: string
} {
  const at = (name: string): string => posix.join(folder, name)
  return { ca: at('ca.pem'), cert: at('server-cert.pem'), key: at('server-key.pem') }
}

function authorityFileList(folder: string, encrypted: boolean): PlannedFile[] {
  const { cert, key } = AUTHORITY_FILES
  return [
    {
      path: posix.join(folder, key),
      mode: 0o400,
      what: `the authority's key${encrypted ? ', encrypted' : ''}`,
      holds: { kind: 'key', of: 'authority' },
    },
    {
      path: posix.join(folder, cert),
      mode: 0o444,
      what: "the authority's certificate",
      holds: { kind: 'certificate', of: 'authority' },
    },
  ]
}

function serverFileList(folder: string): PlannedFile[] {
  const { ca, cert, key } = serverFiles(folder)
  return [
    {
      path: ca,
      mode: 0o444,
      what: "the authority's certificate, by which dockerd judges clients",
      holds: { kind: 'certificate', of: 'authority' },
    },
    ...serverPair(cert, key),
  ]
}

function serverPair(cert: string, key: string): PlannedFile[] {
  return [
    { path: cert, mode: 0o444, what: "dockerd's certificate", holds: { kind: 'certificate', of: 'server' } },
    { path: key, mode: 0o400, what: "dockerd's key", holds: { kind: 'key', of: 'server' } },
  ]
}

function clientFileList(client: ReturnType<typeof clientFiles>, name: string): PlannedFile[] {
  const of = `client ${name}`
  return [
    {
      path: client.ca,
      mode: client.modes.cert,
      what: "the authority's certificate, by which the client judges dockerd",
      holds: { kind: 'certificate', of: 'authority' },
    },
    {
      path: client.cert,
      mode: client.modes.cert,
      what: `the certificate of ${name}`,
      holds: { kind: 'certificate', of },
    },
    { path: client.key, mode: client.modes.key, what: `the key of ${name}`, holds: { kind: 'key', of } },
    ...(client.meta === undefined
      ? []
      : [
          {
            path: client.meta.path,
            mode: 0o644,
            what: 'the docker context',
            holds: { kind: 'text' as const, text: client.meta.text },
          },
        ]),
  ]
}

function inventoryFile(folder: string): PlannedFile {
  return {
    path: posix.join(folder, AUTHORITY_FILES.inventory),
    mode: 0o600,
    what: 'what was made, without keys',
    holds: { kind: 'inventory' },
  }
}

/** Files of others stay as they are: a certificate folder may hold those of another daemon. */
function refuseForeign({ ownerOf }: PlanContext, files: readonly PlannedFile[]): void {
  const foreign = files.filter(({ path }) => ownerOf(path) === 'foreign').map(({ path }) => path)
  if (foreign.length === 0) return
  throw new RampartError(
    'not-allowed',
    `${foreign.join(', ')} ${foreign.length === 1 ? 'is' : 'are'} there already and not made by Rampart: name another folder (--cert-dir, --ca-dir, --client-dir, --context), or move what is there away. Nothing was changed.`,
  )
}

function authorityCertificate({ lives, keyType }: PlanContext, hostname: string): PlannedCertificate {
  return {
    id: 'authority',
    name: `Docker clients of ${hostname}`.slice(0, 64),
    use: 'authority',
    days: lives.authority,
    keyType,
    names: [],
  }
}

function clientCertificate(
  { lives, keyType }: PlanContext,
  name: string,
  place: ClientPlace,
): PlannedCertificate {
  return { id: `client ${name}`, name, use: 'client', days: lives.client, keyType, names: [], place }
}

/** How the client is used, in commands. */
function clientUse(place: ClientPlace, host: TlsEndpoint): string[] {
  if (place.kind === 'context') return [`docker --context ${place.name} info`]
  const address = host.address.includes(':') ? `[${host.address}]` : host.address
  return [
    `DOCKER_HOST=tcp://${address}:${host.port} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${place.path} docker info`,
  ]
}

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
    certificates: [
      {
        id: 'server',
        name: 'server',
        use: 'server',
        days: context.lives.server,
        keyType: context.keyType,
        names,
      },
    ],
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
      {
        id: 'server',
        name: 'server',
        use: 'server',
        days: context.lives.server,
        keyType: context.keyType,
        names,
      },
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

function needInventory({ inventory, authorityFolder }: PlanContext): Inventory {
  if (inventory !== undefined) return inventory
  throw new RampartError(
    'no-input',
    `${posix.join(authorityFolder, AUTHORITY_FILES.inventory)} is not there: \`rampart docker setup-tls\` makes the authority, and --ca-dir names its folder where it is elsewhere`,
  )
}

function currentOf(
  inventory: Inventory,
  use: 'server' | 'client',
  name: string,
): MintedCertificate | undefined {
  return inventory.minted.find((each) => each.use === use && each.name === name && each.state === 'current')
}

function placedClient(
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

function firstEndpoint({ daemon }: Inventory): TlsEndpoint {
  const [first] = daemon.endpoints
  if (first === undefined)
    throw new RampartError('unreadable-input', 'the inventory names no address of the daemon')
  return first
}

function liveRestoreNote({ view }: DaemonSeen): string[] {
  const live = view?.boolean('live-restore')
  return [
    live?.known === true && live.value
      ? 'live-restore is on: containers go on while dockerd restarts'
      : 'live-restore is off: the restart stops every container, and starts again those with a restart policy',
  ]
}

/** What every plan after the first has from the inventory. */
function frame(
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
