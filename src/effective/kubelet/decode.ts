import { formatPath, isObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/index.js'
import { formatGoDuration, isQuantity, parseGoDuration, scalarText } from '../../text/index.js'
import type { FieldType, KubeletKnowledge } from './knowledge.js'

/** A value of another type than the field has: the kubelet does not start with it. */
export interface TypeProblem {
  readonly path: JsonPath
  readonly message: string
}

export interface DecodeOptions {
  /** The main file's keys must have the very letters; merged drop-ins are read by Go's encoding/json, which folds them. */
  readonly foldCase: boolean
  /** Whether the number at a path was written with a point or exponent, which whole-number fields refuse. */
  readonly isFraction?: (path: JsonPath) => boolean
}

/**
 * Reads a value as KubeletConfiguration: only fields that are set stay, unknown ones are dropped, null is as unset.
 * A value of a wrong type stays as it is, beside its problem, so that nobody takes a default for it.
 * Source: encoding/json and sigs.k8s.io/json decoding into k8s.io/kubelet config/v1beta1/types.go.
 */
export function decodeConfiguration(
  value: JsonValue,
  types: KubeletKnowledge['types'],
  options: DecodeOptions,
): { config: JsonObject; problems: readonly TypeProblem[] } {
  const decoder = new Decoder(types, options)
  const config = decoder.struct(value, 'KubeletConfiguration', [], {})
  return { config: isObject(config) ? config : {}, problems: decoder.problems }
}

class Decoder {
  readonly problems: TypeProblem[] = []
  private readonly names = new Map<string, Map<string, FieldType>>()

  constructor(
    private readonly types: KubeletKnowledge['types'],
    private readonly options: DecodeOptions,
  ) {}

  struct(value: JsonValue, type: string, path: JsonPath, into: JsonObject): JsonValue {
    if (value === null) return into
    if (!isObject(value)) return this.wrong(value, 'a map', path)
    // Go's MergePatch writes keys in order, and of two spellings of one field the later one counts.
    const keys = this.options.foldCase ? Object.keys(value).sort() : Object.keys(value)
    for (const key of keys) {
      const found = this.fieldOf(type, key)
      if (found === undefined) continue
      const name = found.name
      const decoded = this.value(value[key] ?? null, found.type, [...path, name], into[name])
      if (decoded === undefined) {
        if (value[key] === null && isNilable(found.type)) Reflect.deleteProperty(into, name)
      } else into[name] = decoded
    }
    return into
  }

  private fieldOf(type: string, key: string): FieldType | undefined {
    let names = this.names.get(type)
    if (names === undefined) {
      names = new Map((this.types[type] ?? []).map((field) => [this.folded(field.name), field]))
      this.names.set(type, names)
    }
    return names.get(this.folded(key))
  }

  private folded(name: string): string {
    return this.options.foldCase ? name.toLowerCase() : name
  }

  /** The value of a field, or undefined for null, which leaves it unset. */
  private value(value: JsonValue, type: string, path: JsonPath, before?: JsonValue): JsonValue | undefined {
    if (type.startsWith('*'))
      return value === null ? undefined : this.value(value, type.slice(1), path, before)
    // metav1.Duration reads null as an empty text, which is no duration.
    if (value === null && type === 'duration') return this.wrong(value, EXPECTED[type] ?? type, path)
    if (value === null) return undefined
    if (type.startsWith('[]')) return this.list(value, type.slice(2), path)
    if (type.startsWith('map:')) return this.map(value, type.slice(4), path, before)
    if (Object.hasOwn(this.types, type)) {
      return this.struct(value, type, path, isObject(before) ? before : {})
    }
    return this.leaf(value, type, path)
  }

  private list(value: JsonValue, type: string, path: JsonPath): JsonValue {
    if (!Array.isArray(value)) return this.wrong(value, 'a list', path)
    return value.map((item, index) =>
      this.withNumbers(this.value(item, type, [...path, index]) ?? this.zero(type), type),
    )
  }

  /** Numbers of structs in lists are there at zero too. */
  private withNumbers(item: JsonValue, type: string): JsonValue {
    if (!isObject(item)) return item
    for (const { name, type: inner } of this.types[type] ?? []) {
      if (/^u?int/.test(inner) && item[name] === undefined) item[name] = 0
    }
    return item
  }

  private map(value: JsonValue, type: string, path: JsonPath, before: JsonValue | undefined): JsonValue {
    if (!isObject(value)) return this.wrong(value, 'a map', path)
    const entries = new Map(isObject(before) ? Object.entries(before) : [])
    for (const [key, item] of Object.entries(value)) {
      entries.set(key, this.value(item ?? null, type, [...path, key]) ?? this.zero(type))
    }
    return Object.fromEntries(entries)
  }

  private zero(type: string): JsonValue {
    return Object.hasOwn(this.types, type) ? {} : zeroOf(type)
  }

  private leaf(value: JsonValue, type: string, path: JsonPath): JsonValue {
    const read = LEAVES[type]?.(value)
    if (read === undefined) return this.wrong(value, EXPECTED[type] ?? type, path)
    const whole = type.startsWith('int') || type.startsWith('uint')
    if (whole && this.options.isFraction?.(path) === true) return this.wrong(value, 'a whole number', path)
    return read
  }

  private wrong(value: JsonValue, expected: string, path: JsonPath): JsonValue {
    const found = Array.isArray(value)
      ? 'a list'
      : isObject(value)
        ? 'a map'
        : value === null
          ? 'null'
          : `a ${typeof value}`
    this.problems.push({
      path,
      message: `\`${formatPath(path)}\` holds ${found} that is not ${expected}`,
    })
    return value
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  bool: 'true or false',
  string: 'a text',
  int32: 'a whole number of 32 bits',
  int64: 'a whole number of 64 bits',
  uint32: 'a whole number from 0',
  float64: 'a number',
  duration: 'a duration like `1m30s`',
  durationOrNanoseconds: 'a duration like `1m30s`',
  quantity: 'a quantity like `1Gi`',
  time: 'a time',
}

const LEAVES: Readonly<Record<string, (value: JsonValue) => JsonValue | undefined>> = {
  bool: (value) => (typeof value === 'boolean' ? value : undefined),
  string: (value) => (typeof value === 'string' ? value : undefined),
  int32: (value) => wholeWithin(value, -(2 ** 31), 2 ** 31 - 1),
  int64: (value) => wholeWithin(value, -(2 ** 63), 2 ** 63 - 1),
  uint32: (value) => wholeWithin(value, 0, 2 ** 32 - 1),
  float64: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  duration: readDuration,
  durationOrNanoseconds: (value) => readDuration(value) ?? LEAVES['int64']?.(value),
  quantity: (value) => (isQuantity(scalarText(value)) ? scalarText(value) : undefined),
  time: (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? value : undefined),
}

function wholeWithin(value: JsonValue, least: number, most: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : undefined
}

function readDuration(value: JsonValue): string | undefined {
  const nanoseconds = typeof value === 'string' ? parseGoDuration(value) : undefined
  return nanoseconds === undefined ? undefined : formatGoDuration(nanoseconds)
}

/** The zero value of a Go type that is no struct; null for pointers. */
export function zeroOf(type: string): JsonValue {
  if (type.startsWith('*')) return null
  if (type.startsWith('[]')) return []
  if (type.startsWith('map:')) return {}
  if (type === 'bool') return false
  if (type === 'duration' || type === 'durationOrNanoseconds') return '0s'
  if (type === 'quantity') return '0'
  return /^(u?int|float)/.test(type) ? 0 : ''
}

/** Whether a value is the zero value of its Go type, which defaulting replaces. */
export function isZero(value: JsonValue | undefined, type: string): boolean {
  if (value === undefined) return true
  if (type.startsWith('*') || type.startsWith('[]') || type.startsWith('map:')) return false
  return value === zeroOf(type) || (type === 'durationOrNanoseconds' && value === 0)
}

function isNilable(type: string): boolean {
  return /^(\*|\[\]|map:)/.test(type)
}
