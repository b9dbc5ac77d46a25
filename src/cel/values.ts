/** A value at run time. An int is a bigint, a double a number, a uint an object of its own. */
export type CelValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly CelValue[]
  | CelUint
  | CelMap
  | CelDuration
  | CelTimestamp
  | CelTypeValue
  | CelOptional
  | CelOpaque

/** A failed evaluation. It is a result, not an exception: `true || error` is true. */
export class CelError {
  constructor(
    readonly message: string,
    /** Where in the expression, in UTF-16 units. */
    readonly offset?: number,
  ) {}
}

export type CelResult = CelValue | CelError

export class CelUint {
  constructor(readonly value: bigint) {}
}

/** A span of time in nanoseconds. */
export class CelDuration {
  constructor(readonly nanos: bigint) {}
}

/** A point in time in nanoseconds since 1970. */
export class CelTimestamp {
  constructor(
    readonly nanos: bigint,
    /** Seconds east of Greenwich where it was written with an offset; its text keeps that. */
    readonly offset = 0,
  ) {}
}

/** A type as a value, by its name. */
export class CelTypeValue {
  constructor(readonly name: string) {}
}

/** A value that may be absent. */
export class CelOptional {
  static readonly none = new CelOptional(undefined)
  private constructor(readonly value: CelValue | undefined) {}
  static of(value: CelValue): CelOptional {
    return new CelOptional(value)
  }
}

/** A value of a type that a function library brings. */
export abstract class CelOpaque {
  /** `net.IP`. */
  abstract readonly typeName: string
  abstract equals(other: CelOpaque): boolean
  /** Whether it is still one of CEL's values once it has been one of Go's. */
  get survivesGo(): boolean {
    return false
  }
  /** Whether others of its type can be asked whether they equal it. */
  get comparable(): boolean {
    return true
  }
  /** How large it counts for costs; 1 where it is left out. */
  get size(): number {
    return 1
  }
}

/** Of maps that nothing was put into; never written to. */
const NO_TEXTS = new Map<string, CelValue>()

/** Keys are equal across numeric types: 1, 1u and 1.0 are one key. Entries keep their order, texts first. */
export class CelMap {
  /** Most keys are texts: they need no other text that stands for them. */
  private texts = NO_TEXTS
  private others: Map<string, readonly [CelValue, CelValue]> | undefined

  constructor(entries: Iterable<readonly [CelValue, CelValue]> = []) {
    for (const [key, value] of entries) this.put(key, value)
  }

  get size(): number {
    return this.texts.size + (this.others?.size ?? 0)
  }

  /** Adds an entry while a map is made; false when there is one of an equal key. */
  add(key: CelValue, value: CelValue): boolean {
    return !this.has(key) && this.put(key, value)
  }

  /** Takes an entry away while a map is made. */
  remove(key: CelValue): void {
    if (typeof key === 'string') this.texts.delete(key)
    const text = keyText(key)
    if (text !== undefined) this.others?.delete(text)
  }

  /** Sets an entry while a map is made; one of an equal key is replaced. False for what can be no key. */
  put(key: CelValue, value: CelValue): boolean {
    if (typeof key === 'string') {
      if (this.texts === NO_TEXTS) this.texts = new Map()
      this.texts.set(key, value)
      return true
    }
    const text = keyText(key)
    if (text === undefined) return false
    this.others ??= new Map<string, readonly [CelValue, CelValue]>()
    this.others.set(text, [key, value])
    return true
  }

  get(key: CelValue): CelValue | undefined {
    if (typeof key === 'string') return this.texts.get(key)
    const text = this.others === undefined ? undefined : keyText(key)
    return text === undefined ? undefined : this.others?.get(text)?.[1]
  }

  has(key: CelValue): boolean {
    if (typeof key === 'string') return this.texts.has(key)
    const text = this.others === undefined ? undefined : keyText(key)
    return text !== undefined && this.others?.has(text) === true
  }

  keys(): CelValue[] {
    return this.pairs().map(([key]) => key)
  }

  pairs(): (readonly [CelValue, CelValue])[] {
    return [...this.texts, ...(this.others?.values() ?? [])]
  }
}

function keyText(key: CelValue): string | undefined {
  switch (typeof key) {
    case 'string':
      return `s${key}`
    case 'bigint':
      return `n${key}`
    case 'boolean':
      return `b${key}`
    case 'number':
      // What is not a number is no key that anybody could find again.
      return Number.isInteger(key) ? `n${BigInt(key)}` : Number.isNaN(key) ? undefined : `d${key}`
    default:
      return key instanceof CelUint ? `n${key.value}` : structureText(key)
  }
}

/** Keys of other types are told by what they hold. */
function structureText(key: CelValue): string {
  if (key === null) return 'null'
  if (Array.isArray(key)) return `[${(key as readonly CelValue[]).map(keyText).join(',')}]`
  if (key instanceof Uint8Array) return `x${[...key].join(',')}`
  if (key instanceof CelMap)
    return `{${key
      .pairs()
      .map(([name, value]) => `${keyText(name)}:${keyText(value)}`)
      .sort()
      .join(',')}}`
  if (key instanceof CelDuration || key instanceof CelTimestamp) return `t${key.nanos}`
  return key instanceof CelTypeValue ? `y${key.name}` : 'o'
}

/** The name of a value's type, as `type(value)` gives it. Source: cel-go common/types. */
export function typeNameOf(value: CelValue): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'double'
    case 'string':
      return 'string'
    default:
      return objectTypeName(value)
  }
}

function objectTypeName(value: Exclude<CelValue, boolean | bigint | number | string>): string {
  if (value === null) return 'null_type'
  if (Array.isArray(value)) return 'list'
  if (value instanceof Uint8Array) return 'bytes'
  if (value instanceof CelMap) return 'map'
  if (value instanceof CelUint) return 'uint'
  if (value instanceof CelDuration) return 'google.protobuf.Duration'
  if (value instanceof CelTimestamp) return 'google.protobuf.Timestamp'
  if (value instanceof CelTypeValue) return 'type'
  if (value instanceof CelOptional) return 'optional_type'
  return (value as CelOpaque).typeName
}

/** A value of JSON as CEL sees it: whole numbers are ints, other numbers doubles. */
export function fromJson(value: unknown): CelValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value !== 'object') return null
  return new CelMap(Object.entries(value).map(([key, each]) => [key, fromJson(each)] as const))
}
