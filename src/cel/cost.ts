import { CelMap, CelOpaque, CelOptional, type CelResult, type CelValue } from './values.js'

/** Ends an evaluation; nothing in an expression can catch it. Never leaves this folder. */
export class EvaluationStopped extends Error {}

/** What Go cannot hash can be no key, and ends the evaluation. Source: cel-go interpreter, evalMap and refValMapAccessor. */
export function refuseAsKey(value: CelValue): void {
  if (value instanceof Uint8Array)
    throw new EvaluationStopped('internal error: runtime error: hash of unhashable type types.Bytes')
}

/** Counts what an evaluation costs. */
export interface CostMeter {
  readonly cost: number
  /** Adds to the cost. Throws EvaluationStopped beyond the limit. */
  add(cost: number): undefined
}

/** A meter with a limit. Source: cel-go interpreter/runtimecost.go. */
export function createMeter(limit: number): CostMeter {
  return new Meter(limit)
}

class Meter implements CostMeter {
  cost = 0

  constructor(private readonly limit: number) {}

  add(more: number): undefined {
    this.cost += more
    if (this.cost > this.limit) throw new EvaluationStopped('operation cancelled: actual cost limit exceeded')
    return undefined
  }
}

/** How large a value counts: signs, bytes, members; 1 for all others. Source: the same, actualSize. */
export function sizeOf(value: CelResult | undefined): number {
  if (typeof value === 'string') return codePoints(value)
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length
  if (value instanceof CelMap) return value.size
  if (value instanceof CelOptional && value.value !== undefined) return sizeOf(value.value)
  return value instanceof CelOpaque ? value.size : 1
}

export function codePoints(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0xd800 || unit > 0xdbff) count++
    else {
      const next = text.charCodeAt(at + 1)
      if (next >= 0xdc00 && next <= 0xdfff) at++
      count++
    }
  }
  return count
}

/** What walking over a text or bytes costs. Source: cel-go common/cost.go, StringTraversalCostFactor. */
export function traversal(size: number): number {
  return Math.ceil(size * 0.1)
}

/** What a pattern of this length costs. Source: cel-go common/cost.go, RegexStringLengthCostFactor. */
export function patternCost(text: number, pattern: number): number {
  return traversal(1 + text) * Math.ceil(pattern * 0.25)
}

const WALKS = new Set([
  'starts_with_string',
  'ends_with_string',
  'string_to_bytes',
  'bytes_to_string',
  'strings_quote',
  'string_format',
])
const COMPARES = new Set(
  ['less', 'greater', 'less_equals', 'greater_equals']
    .flatMap((name) => [`${name}_string`, `${name}_bytes`])
    .concat('equals', 'not_equals'),
)

/** What a call costs by the language's own rules. Source: cel-go interpreter/runtimecost.go, costCall. */
export function baseCost(_name: string, overload: string, args: readonly CelResult[]): number {
  const [a, b] = [sizeOf(args[0]), sizeOf(args[1])]
  if (WALKS.has(overload)) return traversal(a)
  if (COMPARES.has(overload)) return traversal(Math.min(a, b))
  switch (overload) {
    case 'in_list':
      return b
    case 'add_string':
    case 'add_bytes':
      return traversal(a + b)
    case 'matches_string':
      return patternCost(a, b)
    case 'contains_string':
      return traversal(a) * traversal(b)
    default:
      return 1
  }
}
