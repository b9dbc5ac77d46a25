import type { Argument, FilePlace, JsonValue } from '../../model/index.js'
import { flagTable, flagValues, parseFlags, type FlagTable } from '../../text/index.js'
import type { ConfigError } from './chain.js'

/** The flags of an API server that say which chain it runs. */
export const AUTHORIZATION_FLAGS = [
  'authorization-mode',
  'authorization-policy-file',
  'authorization-webhook-config-file',
  'authorization-webhook-version',
  'authorization-webhook-cache-authorized-ttl',
  'authorization-webhook-cache-unauthorized-ttl',
  'authorization-config',
] as const

export type AuthorizationFlag = (typeof AUTHORIZATION_FLAGS)[number]

/** A flag that was given, with where it stands. */
export interface GivenFlag {
  readonly value: JsonValue
  readonly place: FilePlace
}

/** The flags that were given, with the value that they come to. */
export type GivenFlags = ReadonlyMap<AuthorizationFlag, GivenFlag>

const TABLE: FlagTable = Object.fromEntries(
  AUTHORIZATION_FLAGS.map((name) => [name, flagTable('kube-apiserver')[name] ?? { type: 'string' }]),
)

/** Reads the words of an API server's command line that are about its chain. The place of a flag is its name. */
export function parseAuthorizationFlags(words: readonly string[]): {
  readonly given: GivenFlags
  readonly errors: readonly ConfigError[]
} {
  const args = words.map((value): Argument => ({ value }))
  const parsed = parseFlags(args, TABLE)
  const errors = parsed.errors.map(({ flag, message }) => ({ message, place: { file: flag }, field: '' }))
  const given = new Map(
    [...flagValues(parsed, TABLE)].map(([name, { value }]) => [
      name as AuthorizationFlag,
      { value, place: { file: `--${name}` } },
    ]),
  )
  return { given, errors }
}
