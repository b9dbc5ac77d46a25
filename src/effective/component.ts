import {
  asBoolean,
  asNumber,
  asString,
  settingFact,
  unknown,
  known,
  type Command,
  type Distribution,
  type EffectiveConfig,
  type Fact,
  type Fix,
  type Host,
  type HostFile,
  type JsonValue,
  type Unknown,
} from '../model/index.js'
import { parseGoDuration } from '../text/index.js'
import type { StartChange } from './start-change.js'

/** A component on one host with its settings in force: what checks ask. */
export interface ComponentView {
  readonly config: EffectiveConfig
  /** Host or node name; `all nodes` when it stands for every node (a kubeadm ConfigMap). */
  readonly host: string
  /** The host that it was read from, when a host was read. */
  readonly machine?: Host
  readonly command?: Command
  readonly distribution: Distribution
  /** `1.36.2` without the v, suffix kept (`1.33.1+k3s1`). */
  readonly version: Fact<string>
  /** The provider that runs it, where that is not the user: its checks are then not applicable. */
  readonly managedBy?: string
  /** Set when nothing of it was seen: every question about it is answered so. */
  readonly unseen?: Unknown
  /** The host's file behind a path that the component is given, where that can be told. */
  readonly file?: (path: string) => HostFile | undefined
  setting(name: string): Fact
  boolean(name: string): Fact<boolean>
  number(name: string): Fact<number>
  string(name: string): Fact<string>
  /** A duration in seconds, as Go reads it (`1h30m`). */
  seconds(name: string): Fact<number>
  /** A list of strings; an absent list is empty. */
  strings(name: string): Fact<string[]>
  /** The change that puts a setting to a value: at the place whose value wins, or advice where that is not clear. */
  change(name: string, value: JsonValue): Fix
  /** The change that takes a flag out where it stands, or advice; absent where a component has none. */
  readonly unset?: (name: string) => Fix
  /** Several changes of its start that only work together, new files among them; absent where a component has none. */
  readonly changeStart?: (change: StartChange, words: string) => Fix
}

type Parts = Omit<ComponentView, 'setting' | 'boolean' | 'number' | 'string' | 'seconds' | 'strings'>

/**
 * Adds the typed questions to a component's parts. A value of the wrong type is unknown, never a default. `setting` may
 * know more than that any gap leaves all settings unknown.
 */
export function componentView(
  parts: Parts,
  setting: (name: string) => Fact = (name) => settingFact(parts.config, name),
): ComponentView {
  const typed = <T>(name: string, expected: string, read: (value: JsonValue) => T | undefined): Fact<T> => {
    const fact = setting(name)
    if (!fact.known) return fact
    const value = read(fact.value)
    if (value !== undefined) return known(value, fact.origin)
    return unknown('unparsable', `\`${name}\` should be ${expected}`, fact.origin)
  }
  return {
    ...parts,
    config: withoutCutRefusal(parts),
    setting,
    boolean: (name) => typed(name, 'true or false', asBoolean),
    number: (name) => typed(name, 'a number', asNumber),
    string: (name) => typed(name, 'a text', asString),
    seconds: (name) => typed(name, 'a duration', readSeconds),
    strings: (name) => typed(name, 'a list of texts', readStrings),
  }
}

/** Of a command line that was cut nobody can say that the component would refuse it. */
function withoutCutRefusal({ command, config }: Parts): EffectiveConfig {
  if (command?.cut !== true || config.refusal === undefined) return config
  const { refusal: _unsure, ...rest } = config
  return rest
}

function readSeconds(value: JsonValue): number | undefined {
  const nanoseconds = typeof value === 'string' ? parseGoDuration(value) : undefined
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e9
}

function readStrings(value: JsonValue): string[] | undefined {
  if (value === null) return []
  if (!Array.isArray(value)) return undefined
  return value.every((item) => typeof item === 'string') ? value : undefined
}
