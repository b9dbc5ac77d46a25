import { refuseAsKey } from './cost.js'
import { equal } from './equality.js'
import type { Evaluate } from './evaluator.js'
import { CelError, CelUint, type CelValue } from './values.js'

/**
 * `x in [1, 2]` with a list of constants: a look into a set, which costs nothing. Undefined where a member is no simple
 * value. What such a set cannot hold is an error. Source: cel-go interpreter/decorators.go, maybeOptimizeSetMembership.
 */
export function setMembership(value: Evaluate, list: readonly CelValue[]): Evaluate | undefined {
  if (!list.every(isSimple)) return undefined
  const texts = list.every((each) => typeof each === 'string') ? new Set<CelValue>(list) : undefined
  return (frame) => {
    const looked = value(frame)
    if (looked instanceof CelError) return looked
    refuseAsKey(looked)
    return texts === undefined ? list.some((each) => equal(looked, each)) : texts.has(looked)
  }
}

function isSimple(value: CelValue): boolean {
  return ['string', 'bigint', 'number', 'boolean'].includes(typeof value) || value instanceof CelUint
}
