import type { JsonObject, JsonValue } from '../model/index.js'
import { isLabelValue, isQualifiedName } from './label-syntax.js'
import { isQuantity } from './quantity.js'

const EFFECTS = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])

/**
 * Taints of kubelet --register-with-taints, `key=value:Effect` separated by commas, or undefined where it refuses them.
 * A word that ends with `-` is checked and then forgotten. Source: kubernetes v1.36.2 pkg/util/taints, ParseTaints.
 */
export function parseTaints(raw: string): JsonValue[] | undefined {
  const taints: JsonObject[] = []
  const seen = new Set<string>()
  for (const word of raw === '' ? [] : raw.split(',')) {
    const removes = word.endsWith('-')
    const taint = parseTaint(removes ? word.slice(0, -1) : word)
    if (taint === undefined) return undefined
    if (removes) continue
    const identity = `${taint.effect}/${taint.key}`
    if (taint.effect === '' || seen.has(identity)) return undefined
    seen.add(identity)
    taints.push(taint.value === '' ? { key: taint.key, effect: taint.effect } : { ...taint })
  }
  return taints
}

function parseTaint(word: string): { key: string; value: string; effect: string } | undefined {
  const [left = '', effect, ...more] = word.split(':')
  if (more.length > 0) return undefined
  if (effect === undefined) return isQualifiedName(left) ? { key: left, value: '', effect: '' } : undefined
  const [key = '', value = '', ...rest] = left.split('=')
  const sound = EFFECTS.has(effect) && rest.length === 0 && isQualifiedName(key) && isLabelValue(value)
  return sound ? { key, value, effect } : undefined
}

/**
 * Reservations of kubelet --reserved-memory, `0:memory=1Gi,hugepages-1Gi=2Gi;1:memory=2Gi`, or undefined where it refuses them.
 * Source: kubernetes v1.36.2 pkg/util/flag/flags.go, ReservedMemoryVar.Set.
 */
export function parseReservedMemory(raw: string): JsonValue[] | undefined {
  const reservations: JsonValue[] = []
  for (const word of raw === '' ? [] : raw.split(';')) {
    const [node = '', limits, ...more] = word.split(':')
    if (limits === undefined || more.length > 0 || !/^[+-]?\d{1,10}$/.test(node)) return undefined
    const read = limits.split(',').map(parseLimit)
    if (read.includes(undefined)) return undefined
    reservations.push({ numaNode: Number(node), limits: Object.fromEntries(read as [string, string][]) })
  }
  return reservations
}

function parseLimit(word: string): [string, string] | undefined {
  const [name = '', quantity = '', ...more] = word.split('=')
  const known = name === 'memory' || name.startsWith('hugepages-')
  return known && more.length === 0 && isQuantity(quantity) ? [name, quantity] : undefined
}
