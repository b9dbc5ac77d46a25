import type { EffectiveConfig, JsonValue, Origin, Setting, SettingSource } from '../model/index.js'
import {
  FLAG_TYPES,
  flagValues,
  parseFlags,
  type FlagSpec,
  type FlagTable,
  type FlagValue,
  type ParsedFlags,
} from '../text/index.js'
import { isKnownMinor } from '../kube/index.js'
import type { ComponentStart } from './component-start.js'

/** The flags of one component as they are in force, before what the component itself makes of them. */
export interface FlagSettings {
  /** By flag name; what is left out is not known for this version. */
  readonly settings: Map<string, Setting>
  /** The flags that were given. */
  readonly given: ReadonlyMap<string, FlagValue>
  readonly refusal?: EffectiveConfig['refusal']
}

/** How defaults are known for the version at hand. */
export interface DefaultsOf {
  /** The version whose table it is, `1.36`. */
  readonly table: string
  /** The component's own minor version, where it is known. */
  readonly minor?: number
  /** Defaults that differ: undefined means that it is not known. */
  readonly override: (name: string) => { readonly value: JsonValue | undefined } | undefined
}

/** Settings of all flags: those given, with who lost, and the defaults of the others. */
export function readFlagSettings(
  start: ComponentStart,
  table: FlagTable,
  defaults: DefaultsOf,
): FlagSettings {
  const parsed = parseFlags(start.args, table)
  const given = flagValues(parsed, table)
  const settings = new Map<string, Setting>()
  for (const [name, spec] of Object.entries(table)) {
    const setting = given.has(name)
      ? settingOf(start, given.get(name) as FlagValue)
      : defaultSetting(start, name, spec, defaults)
    if (setting !== undefined) settings.set(name, setting)
  }
  for (const setting of unknownFlags(start, parsed)) settings.set(setting.setting, setting)
  const refusal = refusalOf(start, parsed, defaults.minor)
  return { settings, given, ...(refusal === undefined ? {} : { refusal }) }
}

/** A value with the argument that set it. */
export function flagSource(start: ComponentStart, argIndex: number): SettingSource {
  const { file, line, column } = start.args[argIndex] ?? {}
  return {
    kind: 'flag',
    // Of a command line that kubeadm would write nobody can count the words.
    ...(start.kubeadm === undefined ? { argIndex } : {}),
    described: start.kubeadm?.described(argIndex) ?? start.described,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(start.pod === undefined ? {} : { object: start.pod.object.ref, path: start.pod.pathOf(argIndex) }),
    ...(start.kubeadm === undefined
      ? {}
      : { object: start.kubeadm.map.ref, path: start.kubeadm.pathOf(argIndex) }),
  }
}

function settingOf(start: ComponentStart, flag: FlagValue): Setting | undefined {
  const winner = flag.from.at(-1)
  if (winner === undefined) return undefined
  return {
    setting: flag.name,
    value: flag.value,
    source: flagSource(start, winner.argIndex),
    overridden: [...flag.replaced].reverse().map(({ value, argIndex }) => ({
      value,
      source: flagSource(start, argIndex),
    })),
    origin: start.originOf(winner.argIndex),
  }
}

function defaultSetting(
  start: ComponentStart,
  name: string,
  spec: FlagSpec,
  defaults: DefaultsOf,
): Setting | undefined {
  const own = defaults.override(name)
  const value = own === undefined ? tableDefault(spec) : own.value
  return value === undefined
    ? undefined
    : byDefault(start, name, value, `its default (Kubernetes ${defaults.table})`)
}

/** A setting that nobody gave: what the component uses itself, and why. */
export function byDefault(start: ComponentStart, name: string, value: JsonValue, detail: string): Setting {
  const place = start.place
  const origin: Origin = {
    kind: 'default',
    component: start.component,
    detail: `\`--${name}\` is not given: ${detail}`,
    ...(place === undefined ? {} : { place }),
  }
  return {
    setting: name,
    value,
    source: { kind: 'default', described: start.described },
    overridden: [],
    origin,
  }
}

/** The default as the flag's type reads it; where the help names none, the type's zero value. */
export function tableDefault(spec: FlagSpec): JsonValue | undefined {
  const type = FLAG_TYPES.get(spec.type)
  const combine = type?.combine ?? 'last'
  const text = spec.default?.replace(/^\[(.*)\]$/, '$1')
  if (text !== undefined && text !== '') return type?.parse(text) ?? text
  if (combine === 'append') return []
  if (combine === 'merge' || combine === 'merge-lists') return {}
  if (/^(?:bool|tristate|RuntimeDefault|version)/.test(spec.type)) return false
  if (/^(?:u?int|float|Level)/.test(spec.type)) return 0
  if (spec.type === 'duration') return '0s'
  return spec.type === 'quantity' ? '0' : ''
}

/** Flags that the table has not: removed, or of another version. Their words are kept, so that checks can see them. */
function unknownFlags(start: ComponentStart, parsed: ParsedFlags): Setting[] {
  return parsed.errors
    .filter(({ kind, flag }) => kind === 'unknown-flag' && flag.startsWith('--'))
    .map(({ flag, argIndex }) => {
      const word = start.args[argIndex]?.value ?? ''
      const next = start.args[argIndex + 1]?.value
      const equals = word.indexOf('=')
      const value = equals >= 0 ? word.slice(equals + 1) : next?.startsWith('-') === false ? next : 'true'
      return {
        setting: flag.slice(2).replaceAll('_', '-'),
        value,
        source: flagSource(start, argIndex),
        overridden: [],
        origin: start.originOf(argIndex),
      }
    })
}

/** Why the component would not start. An unknown flag may be one of its own where its version is not known. */
function refusalOf(
  start: ComponentStart,
  parsed: ParsedFlags,
  minor: number | undefined,
): EffectiveConfig['refusal'] | undefined {
  const error = parsed.errors.find(
    ({ kind }) => kind !== 'unknown-flag' || (minor !== undefined && isKnownMinor(minor)),
  )
  if (error !== undefined) return { message: error.message, origin: start.originOf(error.argIndex) }
  // Behind an unknown flag it is not known which words belong to it.
  const extra = parsed.errors.length > 0 ? undefined : parsed.positional[0]
  if (extra === undefined) return undefined
  const message = `\`${start.component}\` does not take any arguments, got \`${extra.argument.value.slice(0, 200)}\``
  return { message, origin: start.originOf(extra.argIndex) }
}
