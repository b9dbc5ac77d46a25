import { asList, asObject, isObject, type JsonObject, type JsonValue } from '../../model/index.js'
import { parseGoDuration } from '../../text/index.js'
import type { FeatureGates } from './feature-gates.js'
import { configFields, getField } from './fields.js'
import { minorOf, type KubeletKnowledge } from './knowledge.js'

/** The finished configuration as its validation asks for it: by dotted names, absent as the zero value. */
export class ConfigView {
  readonly minor: number

  constructor(
    readonly config: JsonObject,
    private readonly gates: FeatureGates,
    private readonly knowledge: KubeletKnowledge,
  ) {
    this.minor = minorOf(knowledge.minor) ?? 0
  }

  /** Whether this version's configuration has the field at all. */
  has(name: string): boolean {
    return configFields(this.knowledge.types).some((field) => field.name === name)
  }

  value(name: string): JsonValue | undefined {
    return getField(this.config, name.split('.')) ?? undefined
  }

  number(name: string): number {
    const value = this.value(name)
    return typeof value === 'number' ? value : 0
  }

  text(name: string): string {
    const value = this.value(name)
    return typeof value === 'string' ? value : ''
  }

  on(name: string): boolean {
    return this.value(name) === true
  }

  list(name: string): JsonValue[] {
    return asList(this.value(name))
  }

  maps(name: string): JsonObject[] {
    return this.list(name).filter(isObject)
  }

  map(name: string): JsonObject {
    return asObject(this.value(name))
  }

  /** Nanoseconds. */
  duration(name: string): bigint {
    const value = this.value(name)
    if (typeof value === 'number') return BigInt(Math.trunc(value))
    return parseGoDuration(typeof value === 'string' ? value : '0s') ?? 0n
  }

  /** Whether a gate is on; undefined where this version does not know it. */
  gate(name: string): boolean | undefined {
    return this.gates.enabled(name)
  }
}
