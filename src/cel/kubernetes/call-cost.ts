import { EvaluationStopped, patternCost, sizeOf, traversal } from '../cost.js'
import type { CallCost } from '../functions.js'
import { CelError, CelMap, CelOpaque, type CelResult, type CelValue } from '../values.js'
import { NamedFormat } from './named-format.js'

const words = (text: string): readonly string[] => text.split(' ')
const ONE = words(
  'masked prefixLength family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast format.named sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan compareTo add sub major minor patch getScheme getHostname getHost getPort getEscapedPath getQuery serviceAccount path group resource subresource namespace name allowed reason error errored',
)
const MEMBERS = words('isSorted sum max min indexOf lastIndexOf')
const ALLOCATING = 11
const WALK = words(
  'url lowerAscii upperAscii substring trim cidr isIP isCIDR quantity isQuantity semver isSemver',
)
const WALK_TWICE = words('replace split ip.isCanonical')

const size = (args: readonly CelResult[], index: number): number => sizeOf(args[index])
const resultSize = (result: CelResult): number => (result instanceof CelError ? 1 : sizeOf(result))

/** What calls cost in Kubernetes. Source: kubernetes v1.36.2 apiserver pkg/cel/library/cost.go, CallCost. */
export const kubernetesCallCost: CallCost = (name, overload, args, result) =>
  BY_NAME.get(name)?.(args, overload, result)

type Cost = (args: readonly CelResult[], overload: string, result: CelResult) => number | undefined

const BY_NAME: ReadonlyMap<string, Cost> = new Map<string, Cost>([
  ...ONE.map((name) => [name, () => 1] as const),
  ...MEMBERS.map((name) => [name, (args: readonly CelResult[]) => walked(args[0])] as const),
  ...WALK.map((name) => [name, (args: readonly CelResult[]) => traversal(size(args, 0))] as const),
  ...WALK_TWICE.map((name) => [name, (args: readonly CelResult[]) => traversal(2 * size(args, 0))] as const),
  ['join', (_args, _overload, result) => traversal(2 * resultSize(result))],
  ['check', () => 350_000],
  ['fieldSelector', (args) => selectorCost(size(args, 1))],
  ['labelSelector', (args) => selectorCost(size(args, 1))],
  ['find', (args) => patternCost(size(args, 0), size(args, 1))],
  ['findAll', (args) => patternCost(size(args, 0), size(args, 1))],
  ['ip', (args, overload) => (overload === 'cidr_ip' ? 1 : traversal(size(args, 0)))],
  [
    'containsIP',
    (args, overload) =>
      traversal(2 * size(args, 0)) + (overload === 'cidr_contains_ip_string' ? traversal(size(args, 1)) : 0),
  ],
  [
    'containsCIDR',
    (args, overload) =>
      traversal(2 * size(args, 0)) +
      traversal(size(args, 0)) +
      1 +
      (overload === 'cidr_contains_cidr_string' ? traversal(size(args, 1)) : 0),
  ],
  [
    'validate',
    ([format, text]) =>
      format instanceof NamedFormat ? patternCost(sizeOf(text), format.patternLength) : undefined,
  ],
  ['_==_', ([left]) => (left instanceof CelOpaque ? 1 : undefined)],
  // Source: cel-go ext/sets.go, trackSetsCost.
  ['sets.contains', (args) => setsCost(args, 1)],
  ['sets.intersects', (args) => setsCost(args, 1)],
  ['sets.equivalent', (args) => setsCost(args, 2)],
  // Source: cel-go ext/lists.go, trackListOutputSize, trackListFlatten, trackListSelfCompare.
  ['slice', (_args, _overload, result) => ALLOCATING + resultSize(result)],
  ['reverse', (_args, _overload, result) => ALLOCATING + resultSize(result)],
  ['lists.range', (_args, _overload, result) => ALLOCATING + resultSize(result)],
  ['flatten', (args) => ALLOCATING + Math.max(0, size(args, 0) * depthOf(args))],
  ['distinct', (args) => comparedWithin(args[0])],
  ['sort', (args, overload) => (overload === '' ? undefined : comparedWithin(args[0]))],
  ['@sortByAssociatedKeys', (args, overload) => (overload === '' ? undefined : comparedWithin(args[1]))],
])

/** Reading a selector and making its requirements. Source: the same as above, selectorCostEstimate. */
function selectorCost(length: number): number {
  return 10 + traversal(length) + 50 * Math.ceil(length * 0.5)
}

function depthOf([, depth]: readonly CelResult[]): number {
  if (depth === undefined) return 1
  if (typeof depth !== 'bigint') throw new EvaluationStopped('internal error: the depth is no int')
  return Number(depth)
}

/** What it takes to compare every member with every other. */
function comparedWithin(list: CelResult | undefined): number {
  if (!Array.isArray(list)) throw new EvaluationStopped('internal error: the argument is no list')
  const members = list as readonly CelValue[]
  const [first] = members
  const factor = typeof first === 'string' || first instanceof Uint8Array ? 2.1 : 2
  return Math.floor(members.length * members.length * factor) + ALLOCATING
}

/** What it takes to walk through a value and all that it holds. Source: the same as above, traversalCost. */
function walked(value: CelResult | undefined): number {
  if (typeof value === 'string') return Math.floor(Buffer.byteLength(value) * 0.1)
  if (value instanceof Uint8Array) return Math.floor(value.length * 0.1)
  if (Array.isArray(value))
    return (value as readonly CelValue[]).reduce<number>((sum, each) => sum + walked(each), 0)
  if (value instanceof CelMap)
    return value.pairs().reduce((sum, [key, held]) => sum + walked(key) + walked(held), 0)
  return 1
}

function setsCost(args: readonly CelResult[], factor: number): number {
  return 1 + Math.floor(size(args, 0) * size(args, 1) * factor)
}
