import type { Argument, JsonObject, JsonValue, Origin, Setting, SettingSource } from '../../model/index.js'
import { FLAG_TYPES, type FlagTable, type FlagValue, type ParsedFlag } from '../../text/index.js'
import { placeOf, type ConfigLayer } from './config-file.js'
import { isZero, zeroOf } from './decode.js'
import { configFields, getField, isReset, type ConfigField } from './fields.js'
import { RESET_BY_FLAGS, fieldOfFlag, flagOfField } from './flag-fields.js'
import type { KubeletKnowledge } from './knowledge.js'
import { argumentOrigin, type KubeletInput } from './kubelet-input.js'

export interface SettingsInput {
  readonly input: KubeletInput
  readonly layers: readonly ConfigLayer[]
  readonly knowledge: KubeletKnowledge
  readonly config: JsonObject
  readonly flags: ReadonlyMap<string, FlagValue>
  readonly table: FlagTable
}

interface Claim {
  readonly value: JsonValue
  readonly source: SettingSource
  readonly origin: Origin
  /** A null that puts the default back, or a value that counts as unset. */
  readonly yields: boolean
}

/** Every setting of a resolved kubelet, in the order of names; flags without a field are named as flags. */
export function settingsOf(given: SettingsInput): Setting[] {
  const fields = configFields(given.knowledge.types).map((field) => fieldSetting(field, given))
  const flags = Object.keys(given.table)
    .filter((name) => fieldOfFlag(name) === undefined && name !== 'help' && name !== 'version')
    .map((name) => flagSetting(name, given))
  return [...fields, ...flags].sort((left, right) => (left.setting < right.setting ? -1 : 1))
}

function fieldSetting(field: ConfigField, given: SettingsInput): Setting {
  const claims = [...flagClaims(field, given), ...fileClaims(field, given)]
  const own = getField(given.config, field.path) ?? zeroOf(field.type)
  const first = claims[0]
  const winner = first === undefined || first.yields ? defaultClaim(own, given, first) : first
  const value = winner === first ? winnerValue(field, first, own) : own
  const losers = claims.filter((claim) => claim !== winner)
  return {
    setting: field.name,
    value,
    source: winner.source,
    overridden: losers.map(({ value: lost, source }) => ({ value: lost, source })),
    origin: winner.origin,
  }
}

// --seccomp-default has no field: it counts together with the field. Source: kubernetes v1.36.2 cmd/kubelet/app/server.go.
function winnerValue(field: ConfigField, winner: Claim, own: JsonValue): JsonValue {
  return field.name === 'seccompDefault' && winner.source.kind === 'flag' ? winner.value : own
}

function flagClaims(field: ConfigField, given: SettingsInput): Claim[] {
  const seccomp = field.name === 'seccompDefault'
  const name = seccomp ? 'seccomp-default' : flagOfField(field.name)
  const flag = name === undefined ? undefined : given.flags.get(name)
  if (flag === undefined || (seccomp && flag.value !== true)) return []
  return claimsOf(flag, given.input)
}

/** The claim of the flag's value as a whole, then those of occurrences that lost. */
function claimsOf(flag: FlagValue, input: KubeletInput): Claim[] {
  const last = flag.from.at(-1)
  if (last === undefined) return []
  const lost = [...flag.replaced].reverse().map((one) => claimOf(one, one.value, input))
  return [claimOf(last, flag.value, input), ...lost]
}

function claimOf(flag: ParsedFlag, value: JsonValue, input: KubeletInput): Claim {
  const source: SettingSource = {
    kind: 'flag',
    argIndex: flag.argIndex,
    ...placeOfArgument(flag.argument),
    ...(input.described === undefined ? {} : { described: input.described }),
  }
  return { value, source, origin: argumentOrigin(input, flag.argIndex), yields: false }
}

function placeOfArgument({ file, line, column }: Argument): Partial<SettingSource> {
  if (file === undefined) return {}
  return {
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}

/** What the files say of a field, the strongest first. */
function fileClaims(field: ConfigField, given: SettingsInput): Claim[] {
  const claims: Claim[] = []
  for (const layer of [...given.layers].reverse()) {
    const value = getField(layer.config, field.path)
    if (value === undefined && !isReset(layer.raw, field.path)) continue
    const { line, column } = placeOf(layer, field.path)
    const place = { file: layer.file, line, column, path: field.path }
    claims.push({
      value: value ?? null,
      source: { kind: layer.kind, ...place },
      origin: { kind: 'file', host: given.input.host, ...place },
      yields: value === undefined || yieldsToDefault(value, field, given.knowledge),
    })
  }
  return claims
}

/** Whether a value is one that defaulting replaces: `eventBurst: 0` means 100. */
function yieldsToDefault(value: JsonValue, field: ConfigField, knowledge: KubeletKnowledge): boolean {
  if (RESET_BY_FLAGS.includes(field.name)) return true
  const standard = getField(knowledge.defaults, field.path)
  return standard !== undefined && isZero(value, field.type) && !isZero(standard, field.type)
}

function defaultClaim(value: JsonValue, given: SettingsInput, yielded: Claim | undefined): Claim {
  const { described } = given.knowledge
  const { file, line, column } = yielded?.source ?? {}
  const place =
    yielded === undefined || file === undefined
      ? {}
      : {
          place: {
            file,
            host: given.input.host,
            ...(line === undefined ? {} : { line }),
            ...(column === undefined ? {} : { column }),
          },
        }
  return {
    value,
    source: { kind: 'default', described },
    origin: { kind: 'default', component: 'kubelet', detail: described, ...place },
    yields: false,
  }
}

function flagSetting(name: string, given: SettingsInput): Setting {
  const flag = given.flags.get(name)
  const [winner, ...losers] = flag === undefined ? [] : claimsOf(flag, given.input)
  const spec = given.table[name]
  const standard = FLAG_TYPES.get(spec?.type ?? 'string')?.parse(spec?.default ?? '') ?? spec?.default ?? null
  const claim = winner ?? defaultClaim(standard, given, undefined)
  return {
    setting: `--${name}`,
    value: claim.value,
    source: claim.source,
    overridden: losers.map(({ value, source }) => ({ value, source })),
    origin: claim.origin,
  }
}
