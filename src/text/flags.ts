import { isObject, type Argument, type JsonValue } from '../model/index.js'
import { FLAG_TYPES, type Combine } from './flag-types.js'

/** One flag of a component: its type as its help names it (see FLAG_TYPES), default as its help prints it. */
export interface FlagSpec {
  readonly type: string
  readonly default?: string
  readonly deprecated?: boolean
  /** The one letter that stands for it. */
  readonly shorthand?: string
  /** The word that stands for the flag without a value; booleans have one by their type. '' takes it away. */
  readonly bare?: string
}

export type FlagTable = Readonly<Record<string, FlagSpec>>

/** One flag as it stands on the command line. `value` is what this one occurrence says; see `flagValues`. */
export interface ParsedFlag {
  /** The name of the table, with hyphens. */
  readonly name: string
  readonly value: JsonValue
  /** The word as written; `true` for a boolean without one. */
  readonly raw: string
  /** Position of the flag among the arguments, from 0. */
  readonly argIndex: number
  /** Position of its value; the same for `--f=v` and for a bare boolean. */
  readonly valueIndex: number
  readonly argument: Argument
}

export type FlagErrorKind = 'unknown-flag' | 'missing-value' | 'bad-value' | 'bad-syntax'

/** Why the component does not start with these arguments. Values are not repeated: they may be secret. */
export interface FlagError {
  readonly kind: FlagErrorKind
  /** The flag as written, `--no-such-flag`. */
  readonly flag: string
  readonly message: string
  readonly argIndex: number
  readonly argument: Argument
}

export interface ParsedFlags {
  /** In the order of the command line; a repeated flag stands here as often as there. */
  readonly values: readonly ParsedFlag[]
  /** The component stops at the first one; reading goes on after it. */
  readonly errors: readonly FlagError[]
  readonly positional: readonly { readonly argument: Argument; readonly argIndex: number }[]
}

export interface FlagOptions {
  /** Whether `_` in a name stands for `-`, as Kubernetes components have it (docker has not). On unless said otherwise. */
  readonly underscores?: boolean
}

/**
 * Reads a command line (without the program) as github.com/spf13/pflag does: `--f=v`, `--f v`, bare booleans, `-v 2`,
 * `-v=2`, `-v2`, `--` ends the flags, other words are positional. Never throws. After an unknown flag a following word
 * that does not begin with `-` counts as its value.
 * Source: github.com/spf13/pflag v1.0.9 flag.go, parseArgs, parseLongArg, parseSingleShortArg.
 */
export function parseFlags(
  args: readonly Argument[],
  table: FlagTable,
  options: FlagOptions = {},
): ParsedFlags {
  const reader = new FlagReader(args, table, options.underscores !== false)
  reader.read()
  return reader
}

class FlagReader implements ParsedFlags {
  readonly values: ParsedFlag[] = []
  readonly errors: FlagError[] = []
  readonly positional: { argument: Argument; argIndex: number }[] = []
  private readonly shorthands: ReadonlyMap<string, string>
  private next = 0

  constructor(
    private readonly args: readonly Argument[],
    private readonly table: FlagTable,
    private readonly underscores: boolean,
  ) {
    this.shorthands = new Map(
      Object.entries(table).flatMap(([name, spec]) =>
        spec.shorthand === undefined ? [] : [[spec.shorthand, name]],
      ),
    )
  }

  read(): void {
    let flagsEnded = false
    while (this.next < this.args.length) {
      const argIndex = this.next++
      const argument = this.args[argIndex] as Argument
      const word = argument.value
      if (flagsEnded || word.length < 2 || !word.startsWith('-')) this.positional.push({ argument, argIndex })
      else if (word === '--') flagsEnded = true
      else if (word.startsWith('--')) this.readLong(word.slice(2), argIndex)
      else this.readShort(word.slice(1), argIndex)
    }
  }

  private readLong(word: string, argIndex: number): void {
    if (/^[-=]/.test(word)) {
      this.fail('bad-syntax', `--${word}`, 'bad flag syntax', argIndex)
      return
    }
    const cut = word.indexOf('=')
    const written = cut === -1 ? word : word.slice(0, cut)
    const name = this.underscores ? written.replaceAll('_', '-') : written
    const spec = this.spec(name)
    const given = cut === -1 ? undefined : word.slice(cut + 1)
    if (spec === undefined) {
      this.fail('unknown-flag', `--${written}`, 'unknown flag', argIndex)
      if (given === undefined) this.skipValue()
      return
    }
    this.take(name, spec, `--${written}`, given, argIndex)
  }

  private readShort(letters: string, argIndex: number): void {
    let rest = letters
    while (rest !== '') {
      const letter = rest.slice(0, 1)
      rest = rest.slice(1)
      const name = this.shorthands.get(letter)
      const spec = name === undefined ? undefined : this.spec(name)
      if (name === undefined || spec === undefined) {
        this.fail('unknown-flag', `-${letter}`, 'unknown shorthand flag', argIndex)
        if (rest === '') this.skipValue()
        return
      }
      const bare = bareWord(spec)
      const joined = rest.length > 1 && rest.startsWith('=')
      const given = joined ? rest.slice(1) : bare === undefined && rest !== '' ? rest : undefined
      if (given !== undefined) rest = ''
      this.take(name, spec, `-${letter}`, given, argIndex)
    }
  }

  private take(
    name: string,
    spec: FlagSpec,
    flag: string,
    given: string | undefined,
    argIndex: number,
  ): void {
    let raw = given ?? bareWord(spec)
    let valueIndex = argIndex
    if (raw === undefined) {
      const following = this.args[this.next]
      if (following === undefined) {
        this.fail('missing-value', flag, 'flag needs an argument', argIndex)
        return
      }
      valueIndex = this.next++
      raw = following.value
    }
    const value = typeOf(spec).parse(raw)
    if (value === undefined) {
      this.fail('bad-value', flag, `invalid argument for a flag of type ${spec.type}`, argIndex)
      return
    }
    const argument = this.args[argIndex] as Argument
    this.values.push({ name, value, raw, argIndex, valueIndex, argument })
  }

  private spec(name: string): FlagSpec | undefined {
    return Object.hasOwn(this.table, name) ? this.table[name] : undefined
  }

  private skipValue(): void {
    const following = this.args[this.next]
    if (following !== undefined && !following.value.startsWith('-')) this.next += 1
  }

  private fail(kind: FlagErrorKind, flag: string, what: string, argIndex: number): void {
    const argument = this.args[argIndex] as Argument
    this.errors.push({ kind, flag, message: `${what}: ${flag}`, argIndex, argument })
  }
}

const TEXT_TYPE = { parse: (raw: string): JsonValue => raw, combine: 'last' as const }

function typeOf(spec: FlagSpec) {
  return FLAG_TYPES.get(spec.type) ?? TEXT_TYPE
}

function bareWord(spec: FlagSpec): string | undefined {
  const bare = spec.bare ?? FLAG_TYPES.get(spec.type)?.bare
  return bare === '' ? undefined : bare
}

/** What a flag comes to over all its occurrences, and which of them had a say (all for lists and maps, else the last). */
export interface FlagValue {
  readonly name: string
  readonly value: JsonValue
  /** The occurrences that make the value, in order. */
  readonly from: readonly ParsedFlag[]
  /** Occurrences that a later one replaced. */
  readonly replaced: readonly ParsedFlag[]
}

/** The values that the flags of a command line come to, by name: the last scalar wins, lists add up, maps merge by key. */
export function flagValues(parsed: ParsedFlags, table: FlagTable): ReadonlyMap<string, FlagValue> {
  const found = new Map<string, ParsedFlag[]>()
  for (const flag of parsed.values) {
    const before = found.get(flag.name)
    if (before === undefined) found.set(flag.name, [flag])
    else before.push(flag)
  }
  return new Map([...found].map(([name, flags]) => [name, combined(name, flags, table)]))
}

function combined(name: string, flags: readonly ParsedFlag[], table: FlagTable): FlagValue {
  const spec = Object.hasOwn(table, name) ? table[name] : undefined
  const combine = spec === undefined ? 'last' : typeOf(spec).combine
  if (combine === 'last') {
    const last = flags.slice(-1)
    return { name, value: last[0]?.value ?? null, from: last, replaced: flags.slice(0, -1) }
  }
  const values = flags.map((flag) => flag.value)
  return { name, value: joined(combine, values), from: flags, replaced: [] }
}

function joined(combine: Exclude<Combine, 'last'>, values: readonly JsonValue[]): JsonValue {
  if (combine === 'append') return values.flatMap((value) => (Array.isArray(value) ? value : []))
  const entries = values.flatMap((value) => (isObject(value) ? Object.entries(value) : []))
  return Object.fromEntries(combine === 'merge' ? entries : joinLists(entries))
}

function joinLists(entries: readonly [string, JsonValue | undefined][]): Map<string, JsonValue[]> {
  const lists = new Map<string, JsonValue[]>()
  for (const [key, value] of entries) {
    const list = lists.get(key) ?? []
    for (const item of Array.isArray(value) ? value : []) list.push(item)
    lists.set(key, list)
  }
  return lists
}
