import type { CostMeter } from './cost.js'
import type { Evaluate, Frame } from './evaluator.js'
import { findStep, hasMembers, isQualifier, missing } from './select.js'
import {
  CelError,
  CelOpaque,
  CelOptional,
  CelTypeValue,
  typeNameOf,
  type CelResult,
  type CelValue,
} from './values.js'

/** One step of a path: `.a`, `[b]`, `.?a` or `[?b]`. */
export interface Step {
  readonly key: Evaluate
  readonly optional: boolean
  /** Whether it is an error to ask what has no members whether it has one. */
  readonly strict: boolean
  readonly offset: number
}

/**
 * A path from a value, or a choice between two, whose steps are taken as one: once a step is optional, all that follow
 * are. Source: cel-go interpreter/attributes.go.
 */
export type Attribute =
  | {
      readonly kind: 'path'
      readonly base: Evaluate
      readonly steps: readonly Step[]
      /** `has(a.b)`: the last step is only tried. */
      readonly test: boolean
    }
  | {
      readonly kind: 'choice'
      readonly condition: Evaluate
      readonly whenTrue: Attribute
      readonly whenFalse: Attribute
      readonly offset: number
    }

export function pathFrom(base: Evaluate): Attribute {
  return { kind: 'path', base, steps: [], test: false }
}

/** A path with one more step; a choice takes it on both sides. */
export function withStep(attribute: Attribute, step: Step, test = false): Attribute {
  if (attribute.kind === 'path') return { ...attribute, steps: [...attribute.steps, step], test }
  return {
    ...attribute,
    whenTrue: withStep(attribute.whenTrue, step, test),
    whenFalse: withStep(attribute.whenFalse, step, test),
  }
}

/** What an attribute stands for, with the cost of its steps. */
export function resolved(attribute: Attribute): Evaluate {
  if (attribute.kind === 'path') {
    const { base, steps, test } = attribute
    return steps.length === 0
      ? (frame) => plain(base(frame))
      : (frame) => follow(base(frame), steps, test, frame)
  }
  const { condition, offset } = attribute
  const [whenTrue, whenFalse] = [resolved(attribute.whenTrue), resolved(attribute.whenFalse)]
  return (frame) => {
    const chosen = condition(frame)
    if (chosen === true) return whenTrue(frame)
    if (chosen === false) return whenFalse(frame)
    return chosen instanceof CelError ? chosen : new CelError('no such overload', offset)
  }
}

/** The same as a value of its own, which costs one more; a choice does not. Source: cel-go interpreter/runtimecost.go. */
export function evaluated(attribute: Attribute): Evaluate {
  const resolve = resolved(attribute)
  if (attribute.kind === 'choice') return resolve
  return (frame) => {
    const value = resolve(frame)
    return frame.meter.add(1) ?? value
  }
}

/** `has(a.b)`: whether it is there, at the cost of the steps alone. */
export function tested(attribute: Attribute): Evaluate {
  const resolve = resolved(attribute)
  const cost = attribute.kind === 'choice' ? -1 : 0
  return (frame) => {
    const value = resolve(frame)
    frame.meter.add(cost)
    return value instanceof CelOptional ? value.value !== undefined : value
  }
}

function follow(base: CelResult, steps: readonly Step[], test: boolean, frame: Frame): CelResult {
  if (base instanceof CelError || base === CelOptional.none) return base
  let value: CelValue = base
  let optional = false
  if (base instanceof CelOptional && base.value !== undefined) {
    value = base.value
    optional = true
  }
  for (const [index, step] of steps.entries()) {
    optional ||= step.optional
    const isTest = test && index === steps.length - 1
    const found = take(value, step, optional || isTest, frame)
    if (found instanceof CelError) return optional ? found : charged(frame.meter, found)
    if (isTest && !optional) return charged(frame.meter, found !== undefined)
    if (found === undefined) return CelOptional.none
    frame.meter.add(1)
    value = found
  }
  return optional ? CelOptional.of(value) : value
}

function charged(meter: CostMeter, result: CelResult): CelResult {
  return meter.add(1) ?? result
}

/** What a step leads to; undefined where nothing is there and that is no error. */
function take(value: CelValue, step: Step, tolerant: boolean, frame: Frame): CelResult | undefined {
  const key = step.key(frame)
  if (key instanceof CelError) return key
  if (!isQualifier(key)) return new CelError(`invalid qualifier type: ${typeNameOf(key)}`, step.offset)
  const found = findStep(value, key, step.offset)
  if (found !== undefined) return found
  return tolerant && (hasMembers(value) || !step.strict) ? undefined : missing(value, key, step.offset)
}

function plain(value: CelResult): CelResult {
  return value instanceof CelOptional && value.value !== undefined ? optionalOfNative(value.value) : value
}

/**
 * An optional that an attribute stands for is unwrapped to a value of Go and wrapped again. On that way a type becomes
 * its name, an optional within becomes what it holds, and values of some libraries are lost.
 * Source: cel-go interpreter/attributes.go, applyQualifiers; common/types/optional.go, Value.
 */
function optionalOfNative(value: CelValue): CelResult {
  const native = nativeOf(value)
  return native instanceof CelError ? native : CelOptional.of(native)
}

function nativeOf(value: CelValue): CelResult {
  if (value instanceof CelTypeValue) return value.name
  if (value instanceof CelOptional) return value.value === undefined ? null : nativeOf(value.value)
  if (value instanceof CelOpaque && !value.survivesGo)
    return new CelError(`unsupported conversion to ref.Val: ${value.typeName}`)
  return value
}
