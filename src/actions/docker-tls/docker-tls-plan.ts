import type { KeyType } from '../../pki/index.js'
import type { DaemonSeen } from './daemon-seen.js'
import type { ClientPlace, Inventory, Restart, TlsEndpoint } from './inventory.js'
import type { AlternativeName } from './plan-addresses.js'
import type { TextChange } from './plan-drop-in.js'

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

/** Names of the files in the authority's own folder. */
export const AUTHORITY_FILES = { cert: 'ca.pem', key: 'ca-key.pem', inventory: 'inventory.json' } as const
