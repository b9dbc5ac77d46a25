import {
  asBoolean,
  asNumber,
  asObject,
  asString,
  asStrings,
  isObject,
  RampartError,
} from '../../model/index.js'
import type { JsonObject, JsonValue } from '../../model/index.js'

/** Where a client's certificate was put: a folder with ca.pem, cert.pem and key.pem, or a docker context. */
export type ClientPlace =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'context'; readonly folder: string; readonly name: string }

/** How dockerd is started again. */
export type Restart =
  { readonly kind: 'systemd'; readonly unit: string } | { readonly kind: 'command'; readonly command: string }

/** One address that dockerd serves over TLS. */
export interface TlsEndpoint {
  readonly address: string
  readonly port: number
}

/** A certificate that was made. Times are ISO 8601; serial and fingerprint (SHA-256) are hex. */
export interface MintedCertificate {
  readonly name: string
  readonly use: 'server' | 'client'
  readonly serial: string
  readonly fingerprint: string
  readonly made: string
  readonly notAfter: string
  /** DNS names and addresses of a server. */
  readonly names: readonly string[]
  readonly place?: ClientPlace
  /** `replaced`: a newer one of the name exists, and this one is still accepted until it ends. */
  readonly state: 'current' | 'replaced' | 'revoked'
}

/** What was minted for one daemon, and how that daemon is reached. Holds no key. */
export interface Inventory {
  readonly version: 1
  readonly authority: {
    readonly name: string
    readonly serial: string
    readonly fingerprint: string
    readonly notAfter: string
    readonly keyEncrypted: boolean
  }
  readonly daemon: {
    readonly configFile: string
    readonly certFolder: string
    readonly socket?: string
    readonly endpoints: readonly TlsEndpoint[]
    readonly restart: Restart
  }
  readonly minted: readonly MintedCertificate[]
}

/** The text of inventory.json. */
export function renderInventory(inventory: Inventory): string {
  return `${JSON.stringify(inventory, null, 2)}\n`
}

/** Reads inventory.json; anything that this program did not write so is an error that names the file. */
export function parseInventory(text: string, file: string): Inventory {
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch (error) {
    throw broken(file, 'it is no JSON', error)
  }
  const root = asObject(value)
  if (root['version'] !== 1) throw broken(file, 'it is of another version')
  const read = new Reader(file)
  const authority = read.object(root, 'authority')
  const daemon = read.object(root, 'daemon')
  const minted = root['minted']
  if (!Array.isArray(minted)) throw broken(file, '`minted` is no list')
  return {
    version: 1,
    authority: {
      name: read.text(authority, 'name'),
      serial: read.text(authority, 'serial'),
      fingerprint: read.text(authority, 'fingerprint'),
      notAfter: read.time(authority, 'notAfter'),
      keyEncrypted: asBoolean(authority['keyEncrypted']) ?? false,
    },
    daemon: {
      configFile: read.path(daemon, 'configFile'),
      certFolder: read.path(daemon, 'certFolder'),
      ...(daemon['socket'] === undefined ? {} : { socket: read.path(daemon, 'socket') }),
      endpoints: endpointsOf(daemon['endpoints'], file),
      restart: restartOf(read.object(daemon, 'restart'), read),
    },
    minted: minted.map((entry) => mintedOf(asObject(entry), read)),
  }
}

function endpointsOf(value: JsonValue | undefined, file: string): TlsEndpoint[] {
  if (!Array.isArray(value) || value.length === 0) throw broken(file, '`endpoints` is no list of addresses')
  return value.map((entry) => {
    const address = asString(asObject(entry)['address'])
    const port = asNumber(asObject(entry)['port'])
    if (address === undefined || port === undefined)
      throw broken(file, 'an endpoint has no address or no port')
    return { address, port }
  })
}

function restartOf(value: JsonObject, read: Reader): Restart {
  const kind = asString(value['kind'])
  if (kind === 'systemd') return { kind, unit: read.text(value, 'unit') }
  if (kind === 'command') return { kind, command: read.text(value, 'command') }
  throw broken(read.file, 'it does not say how dockerd is restarted')
}

const STATES = ['current', 'replaced', 'revoked'] as const

function mintedOf(entry: JsonObject, read: Reader): MintedCertificate {
  const use = asString(entry['use'])
  const state = STATES.find((each) => each === entry['state'])
  if ((use !== 'server' && use !== 'client') || state === undefined)
    throw broken(read.file, 'an entry of `minted` has no use or no state')
  const place = placeOf(entry['place'], read)
  return {
    name: read.text(entry, 'name'),
    use,
    state,
    serial: read.text(entry, 'serial'),
    fingerprint: read.text(entry, 'fingerprint'),
    made: read.time(entry, 'made'),
    notAfter: read.time(entry, 'notAfter'),
    names: asStrings(entry['names']),
    ...(place === undefined ? {} : { place }),
  }
}

function placeOf(value: JsonValue | undefined, read: Reader): ClientPlace | undefined {
  if (!isObject(value)) return undefined
  const kind = asString(value['kind'])
  if (kind === 'folder') return { kind, path: read.path(value, 'path') }
  if (kind === 'context') return { kind, folder: read.path(value, 'folder'), name: read.text(value, 'name') }
  throw broken(read.file, 'a client has a place of an unknown kind')
}

class Reader {
  constructor(readonly file: string) {}

  object(from: JsonObject, key: string): JsonObject {
    const value = from[key]
    if (!isObject(value)) throw broken(this.file, `\`${key}\` is missing`)
    return value
  }

  text(from: JsonObject, key: string): string {
    const value = asString(from[key])
    if (value === undefined || value === '') throw broken(this.file, `\`${key}\` is missing`)
    return value
  }

  path(from: JsonObject, key: string): string {
    const value = this.text(from, key)
    if (!value.startsWith('/')) throw broken(this.file, `\`${key}\` is no absolute path`)
    return value
  }

  time(from: JsonObject, key: string): string {
    const value = this.text(from, key)
    if (Number.isNaN(Date.parse(value))) throw broken(this.file, `\`${key}\` is no time`)
    return value
  }
}

function broken(file: string, why: string, cause?: unknown): RampartError {
  return new RampartError(
    'unreadable-input',
    `${file} is not the inventory that Rampart wrote: ${why}. Nothing was changed.`,
    cause === undefined ? {} : { cause },
  )
}
