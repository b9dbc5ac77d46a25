import {
  isObject,
  type EffectiveConfig,
  type JsonValue,
  type Origin,
  type Setting,
  type SettingSource,
} from '../model/index.js'
import { maskText, isSecretKey, MASK } from '../text/index.js'

/** The published shape of a setting: `{setting, value, source, overridden}`. */
export interface SettingRow {
  readonly setting: string
  readonly value: JsonValue
  readonly source: SettingSource
  readonly overridden: readonly { readonly value: JsonValue; readonly source: SettingSource }[]
}

/** A setting for `-o json`, its value masked where it may be a secret. */
export function settingRow({ setting, value, source, overridden }: Setting): SettingRow {
  return {
    setting,
    value: masked(setting, value),
    source,
    overridden: overridden.map((loser) => ({ value: masked(setting, loser.value), source: loser.source })),
  }
}

/** A value without what may be a secret: by the name of the setting or of a key inside it, and by known forms. */
function masked(name: string, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => masked(name, item))
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        masked(holdsSecret(name) ? name : key, inner ?? null),
      ]),
    )
  }
  if (typeof value !== 'string' || value === '') return value
  return holdsSecret(name) && !value.startsWith('/') ? MASK : maskText(value)
}

/** Headers that a component sends may carry its credential. */
function holdsSecret(name: string): boolean {
  return isSecretKey(name) || /header$/i.test(name)
}

/** One component's settings as text: value, who set it, and who lost. */
export function renderSettings(config: EffectiveConfig, title: string, all: boolean): string {
  const shown = config.settings.filter((setting) => all || setting.source.kind !== 'default')
  const lines = [title]
  if (config.refusal !== undefined)
    lines.push(`  It would not start: ${maskText(config.refusal.message)}${placeOf(config.refusal.origin)}`)
  for (const gap of config.gaps) lines.push(`  Not known (${gap.reason}): ${maskText(gap.detail)}`)
  for (const setting of shown) {
    const row = settingRow(setting)
    lines.push(`  ${row.setting} = ${formatValue(row.value)}`)
    lines.push(
      `      ${isTold(row.source) ? (row.source.described ?? '') : `set by ${formatSource(row.source)}`}`,
    )
    for (const loser of row.overridden) {
      lines.push(`      beats ${formatValue(loser.value)} from ${formatSource(loser.source)}`)
    }
  }
  const hidden = config.settings.length - shown.length
  if (hidden > 0) lines.push(`  ${hidden} more at their defaults (--all shows them)`)
  return `${lines.join('\n')}\n`
}

/** ` (/etc/docker/daemon.json:4:1)`, where a line of a file is to blame. */
function placeOf(origin: Origin): string {
  if (origin.kind !== 'file' || origin.line === undefined) return ''
  return ` (${origin.file}:${origin.line}${origin.column === undefined ? '' : `:${origin.column}`})`
}

/** What a kubelet says of itself: in force, whoever set it. */
function isTold({ object, file }: SettingSource): boolean {
  return file === undefined && object?.kind === 'KubeletConfiguration'
}

function formatValue(value: JsonValue): string {
  return typeof value === 'string' ? (value === '' ? '""' : value) : JSON.stringify(value)
}

/** `flag, argument 4 of process 812 (/etc/default/kubelet:3)`. */
export function formatSource(source: SettingSource): string {
  const where =
    source.file === undefined ? '' : `${source.file}${source.line === undefined ? '' : `:${source.line}`}`
  switch (source.kind) {
    case 'flag': {
      if (source.object?.kind === 'ConfigMap') return `flag: ${source.described ?? ''}`
      const seen = source.described === undefined ? '' : ` of ${source.described}`
      const argument = source.argIndex === undefined ? '' : `, argument ${source.argIndex}${seen}`
      return `flag${argument}${where === '' ? '' : ` (${where})`}`
    }
    case 'default':
      return `default${source.described === undefined ? '' : ` (${source.described})`}`
    default: {
      const words = { environment: 'environment', dropIn: 'drop-in', file: 'file' }[source.kind]
      return `${words} ${where}${source.described === undefined ? '' : ` (${source.described})`}`.trimEnd()
    }
  }
}
