import type { JsonPath, JsonValue } from './json.js'
import type { ObjectRef } from './object.js'

/**
 * One change of a file or object.
 * - create: a file that is not there yet, with the text `value`; its path is empty. Where a file with another text is
 *   there, it is refused
 * - set, remove: a value of a YAML or JSON document, at `path` (`append` adds `value` to a list)
 * - setFlag, removeFlag: an argument of a command line kept in a text file (unit, environment file) or in the
 *   `command` or `args` list of a static pod; the last step of `path` is the flag with its dashes, a step before it
 *   names the component, so that a flag that is not there yet can be added; value is its new value
 */
export interface Edit {
  readonly host?: string
  readonly file: string
  /** The object inside the file, where the file holds several. */
  readonly object?: ObjectRef
  readonly op: 'set' | 'remove' | 'append' | 'setFlag' | 'removeFlag' | 'create'
  readonly path: JsonPath
  readonly value?: JsonValue
  /** Permission bits of a file that is created; 0o600 unless said. Folders above it that are not there belong to root alone. */
  readonly mode?: number
}

export type Risk = 'none' | 'restart' | 'traffic' | 'lockout'

/** What must hold before a change is safe; `met: false` turns the change into advice. */
export interface Precondition {
  readonly text: string
  readonly met: boolean | 'unknown'
}

/** How to mend a finding. Without edits and commands it is advice. */
export interface Fix {
  /** The exact change in words. */
  readonly text: string
  readonly edits: readonly Edit[]
  readonly commands: readonly string[]
  readonly risk: Risk
  readonly needs: readonly Precondition[]
  /** What may stop working. */
  readonly breaks?: string
  /** What has to be restarted. */
  readonly restart?: string
  /** A command that shows that it worked. */
  readonly verify?: string
}
