import type { JsonPath, JsonValue } from './json.js'
import type { KubeObject } from './object.js'

/** A place in a text file. `host` is set when the file belongs to a host root; lines and columns count from 1. */
export interface FilePlace {
  readonly file: string
  readonly host?: string
  readonly line?: number
  readonly column?: number
}

/**
 * Where a fact comes from.
 * - object: a field of a Kubernetes object; line and column are found when they are shown
 * - file: a line of a host's file; `path` when the file is a document
 * - process: an argument of a running process (or of a unit or static pod that would start it)
 * - stat: mode and owner of a file
 * - default: nobody set it; what the component itself uses
 */
export type Origin =
  | {
      readonly kind: 'object'
      readonly object: KubeObject
      readonly path: JsonPath
      /** Path inside of the YAML or JSON document that the field holds as a text (a ConfigMap's). */
      readonly inside?: JsonPath
    }
  | ({ readonly kind: 'file'; readonly path?: JsonPath } & FilePlace)
  | {
      readonly kind: 'process'
      readonly host: string
      readonly pid?: number
      readonly component: string
      readonly argIndex: number
      readonly argument: string
      /** The file that holds the argument (unit, environment file, manifest), where it is known. */
      readonly place?: FilePlace
    }
  | {
      readonly kind: 'stat'
      readonly host: string
      readonly file: string
      readonly mode: number
      readonly uid: number
      readonly gid: number
    }
  | {
      readonly kind: 'default'
      readonly component: string
      readonly detail: string
      readonly place?: FilePlace
    }

/** Why something cannot be known. */
export type UnknownReason =
  | 'no-source'
  | 'unreadable'
  | 'not-given'
  | 'unparsable'
  | 'version-unknown'
  | 'conflict'
  | 'unresolved-variable'
  | 'no-answer'

export interface Known<T> {
  readonly known: true
  readonly value: T
  readonly origin: Origin
}

export interface Unknown {
  readonly known: false
  readonly reason: UnknownReason
  /** One sentence: what is missing and where it was looked for. */
  readonly detail: string
  readonly origin?: Origin
}

/** A fact that may be unknown: its value cannot be read before that question is asked. */
export type Fact<T = JsonValue> = Known<T> | Unknown

/** A known fact. */
export function known<T>(value: T, origin: Origin): Known<T> {
  return { known: true, value, origin }
}

/** A fact that is not known, with the reason. */
export function unknown(reason: UnknownReason, detail: string, origin?: Origin): Unknown {
  return origin === undefined ? { known: false, reason, detail } : { known: false, reason, detail, origin }
}
