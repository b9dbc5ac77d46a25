import type { JsonPath, JsonValue } from './json.js'
import type { ObjectRef } from './object.js'
import { unknown, known, type Fact, type Origin, type UnknownReason } from './origin.js'

/** Who set a value. `argIndex` counts arguments after the program from 0. */
export interface SettingSource {
  readonly kind: 'flag' | 'environment' | 'dropIn' | 'file' | 'default'
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly argIndex?: number
  /** Path of the value inside its document. */
  readonly path?: JsonPath
  /** The ConfigMap or mirror pod that stands for the file or process. */
  readonly object?: ObjectRef
  /** Where it was seen, in words: `process 812`, `unit kubelet.service`. */
  readonly described?: string
}

/** One setting of a component: the value in force, who set it, and who lost. */
export interface Setting {
  readonly setting: string
  readonly value: JsonValue
  readonly source: SettingSource
  readonly overridden: readonly { readonly value: JsonValue; readonly source: SettingSource }[]
  /** Where the winner stands, for evidence. */
  readonly origin: Origin
}

/** The settings of one component in force. */
export interface EffectiveConfig {
  readonly component:
    | 'kubelet'
    | 'dockerd'
    | 'kube-apiserver'
    | 'kube-controller-manager'
    | 'kube-scheduler'
    | 'kube-proxy'
    | 'etcd'
  /** Host or node name; empty when it comes from cluster objects alone. */
  readonly host: string
  /** In the order of their names. */
  readonly settings: readonly Setting[]
  /** Set when the component would refuse to start with this, and why. */
  readonly refusal?: { readonly message: string; readonly origin: Origin }
  /** What could not be seen, for instance an unreadable drop-in; settings it may hold are unknown. */
  readonly gaps: readonly {
    readonly reason: UnknownReason
    readonly detail: string
    readonly origin?: Origin
  }[]
}

/** The fact behind a setting; unknown while anything that could set it was not seen. */
export function settingFact(config: EffectiveConfig, name: string): Fact {
  const gap = config.gaps[0]
  if (gap !== undefined) return unknown(gap.reason, gap.detail, gap.origin)
  const setting = config.settings.find((candidate) => candidate.setting === name)
  if (setting === undefined) return unknown('no-source', `nothing read here says what \`${name}\` is`)
  return known(setting.value, setting.origin)
}
