import { equal } from '../equality.js'
import { globalOverload, type CelFunction } from '../functions.js'
import { BOOL, listOf, parameter } from '../types.js'
import type { CelValue } from '../values.js'

type List = readonly CelValue[]

const has = (list: List, value: CelValue): boolean => list.some((each) => equal(each, value))
const contains = (list: List, other: List): boolean => other.every((each) => has(list, each))

function setFunction(word: string, holds: (a: List, b: List) => boolean): CelFunction {
  const list = listOf(parameter('T'))
  const id = `list_sets_${word}_list`
  return {
    name: `sets.${word}`,
    overloads: [globalOverload(id, [list, list], BOOL, (a, b) => holds(a as List, b as List))],
  }
}

/** Lists as sets. Source: cel-go ext/sets.go. */
export const SETS: readonly CelFunction[] = [
  setFunction('contains', contains),
  setFunction('equivalent', (a, b) => contains(a, b) && contains(b, a)),
  setFunction('intersects', (a, b) => b.some((each) => has(a, each))),
]
