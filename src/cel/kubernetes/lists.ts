import { equal } from '../equality.js'
import { memberOverload, type CelFunction, type CelOverload } from '../functions.js'
import { compare, OPERATORS } from '../std/operators.js'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  INT,
  listOf,
  parameter,
  STRING,
  TIMESTAMP,
  UINT,
  type CelType,
} from '../types.js'
import { CelDuration, CelError, CelUint, type CelResult, type CelValue } from '../values.js'
import { matchesType } from '../runtime-type.js'

type List = readonly CelValue[]

const SUMMABLE: readonly (readonly [string, CelType, CelValue])[] = [
  ['int', INT, 0n],
  ['uint', UINT, new CelUint(0n)],
  ['double', DOUBLE, 0],
  ['duration', DURATION, new CelDuration(0n)],
]
const COMPARABLE: readonly (readonly [string, CelType])[] = [
  ['int', INT],
  ['uint', UINT],
  ['double', DOUBLE],
  ['bool', BOOL],
  ['duration', DURATION],
  ['timestamp', TIMESTAMP],
  ['string', STRING],
  ['bytes', BYTES],
]

const noOverload = new CelError('no such overload')

function isSorted(list: List): CelResult {
  for (let at = 1; at < list.length; at++) {
    const order = compare(list[at - 1] as CelValue, list[at] as CelValue)
    if (order === undefined) return noOverload
    if (order > 0) return false
  }
  return true
}

/** The last or first in order; of equal ones the first in the list. */
function extreme(list: List, name: 'min' | 'max'): CelResult {
  let best = list[0]
  if (best === undefined) return new CelError(`${name} called on empty list`)
  for (const each of list.slice(1)) {
    const order = compare(best, each)
    if (order === undefined) return noOverload
    if (name === 'max' ? order < 0 : order > 0) best = each
  }
  return best
}

function sum(list: List, zero: CelValue): CelResult {
  const overloads = OPERATORS.find(({ name }) => name === '_+_')?.overloads ?? []
  let total: CelValue = zero
  for (const each of list) {
    const both: CelValue[] = [total, each]
    const add = overloads.find(({ parameters }) =>
      parameters.every((type, index) => matchesType(both[index] as CelValue, type)),
    )
    const next: CelResult = add === undefined ? noOverload : add.call(...both)
    if (next instanceof CelError) return next
    total = next
  }
  return total
}

const forEach = (
  types: typeof COMPARABLE,
  make: (name: string, type: CelType) => CelOverload,
): CelOverload[] => types.map(([name, type]) => make(name, type))

const A = parameter('A')

/** Source: kubernetes v1.36.2 apiserver pkg/cel/library/lists.go. */
export const KUBERNETES_LISTS: readonly CelFunction[] = [
  {
    name: 'isSorted',
    overloads: forEach(COMPARABLE, (name, type) =>
      memberOverload(`list_${name}_is_sorted_bool`, [listOf(type)], BOOL, (list) => isSorted(list as List)),
    ),
  },
  {
    name: 'sum',
    overloads: SUMMABLE.map(([name, type, zero]) =>
      memberOverload(`list_${name}_sum_${name}`, [listOf(type)], type, (list) => sum(list as List, zero)),
    ),
  },
  ...(['min', 'max'] as const).map((name): CelFunction => ({
    name,
    overloads: forEach(COMPARABLE, (kind, type) =>
      memberOverload(`list_${kind}_${name}_${kind}`, [listOf(type)], type, (list) =>
        extreme(list as List, name),
      ),
    ),
  })),
  {
    name: 'indexOf',
    overloads: [
      memberOverload('list_a_index_of_int', [listOf(A), A], INT, (list, item) =>
        BigInt((list as List).findIndex((each) => equal(each, item))),
      ),
    ],
  },
  {
    name: 'lastIndexOf',
    overloads: [
      memberOverload('list_a_last_index_of_int', [listOf(A), A], INT, (list, item) =>
        BigInt((list as List).findLastIndex((each) => equal(each, item))),
      ),
    ],
  },
]
