import { patternCost, sizeOf, traversal } from '../cost.js'
import type { CallCost } from '../functions.js'
import { CelError, CelOpaque, type CelResult, type CelValue } from '../values.js'
import { NamedFormat } from './named-format.js'

const words = (text: string): readonly string[] => text.split(' ')
const ONE = words(
  'masked prefixLength family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast format.named sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan compareTo add sub major minor patch getScheme getHostname getHost getPort getEscapedPath getQuery',
)
const MEMBERS = words('isSorted sum max min indexOf lastIndexOf')
const WALK = words(
  'url lowerAscii upperAscii substring trim cidr isIP isCIDR quantity isQuantity semver isSemver',
)
const WALK_TWICE = words('replace split ip.isCanonical')

const size = (args: readonly CelValue[], index: number): number => sizeOf(args[index])
const resultSize = (result: CelResult): number => (result instanceof CelError ? 1 : sizeOf(result))

/** What calls cost in Kubernetes. Source: kubernetes v1.36.2 apiserver pkg/cel/library/cost.go, CallCost. */
export const kubernetesCallCost: CallCost = (name, overload, args, result) =>
  BY_NAME.get(name)?.(args, overload, result)

type Cost = (args: readonly CelValue[], overload: string, result: CelResult) => number | undefined

const BY_NAME: ReadonlyMap<string, Cost> = new Map<string, Cost>([
  ...ONE.map((name) => [name, () => 1] as const),
  ...MEMBERS.map((name) => [name, (args: readonly CelValue[]) => size(args, 0)] as const),
  ...WALK.map((name) => [name, (args: readonly CelValue[]) => traversal(size(args, 0))] as const),
  ...WALK_TWICE.map((name) => [name, (args: readonly CelValue[]) => traversal(2 * size(args, 0))] as const),
  ['join', (_args, _overload, result) => traversal(2 * resultSize(result))],
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
])

function setsCost(args: readonly CelValue[], factor: number): number {
  return 1 + Math.floor(size(args, 0) * size(args, 1) * factor)
}
