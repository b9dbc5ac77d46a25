import { isObject } from '../model/index.js'

/** Aliases may make a document this many times longer than it is written ... */
const MAX_GROWTH = 10
/** ... and beyond that, as long as it stays below this many values. */
const ALWAYS_ALLOWED = 100_000
const MAX_HEIGHT = 400

interface Size {
  readonly expanded: number
  readonly height: number
}

/**
 * Why a value built with aliases must not be walked: it contains itself, or it grows without measure.
 * Linear in what is written, whatever it expands to.
 * Source for the idea of a ratio: go.yaml.in/yaml/v2 v2.4.3 decode.go, allowedAliasRatio.
 */
export function aliasTrouble(value: unknown): string | undefined {
  const sizes = new Map<object, Size | 'open'>()
  let written = 0
  let trouble: string | undefined
  const sizeOf = (node: unknown, depth: number): Size => {
    if (typeof node !== 'object' || node === null) return { expanded: 1, height: 0 }
    const known = sizes.get(node)
    if (known === 'open' || depth > MAX_HEIGHT) {
      trouble ??=
        known === 'open' ? 'an anchor contains itself' : `aliases nest deeper than ${MAX_HEIGHT} levels`
      return { expanded: 1, height: 0 }
    }
    if (known !== undefined) return known
    sizes.set(node, 'open')
    let expanded = 1
    let height = 0
    for (const child of Array.isArray(node) ? node : isObject(node) ? Object.values(node) : []) {
      written += 1
      const size = sizeOf(child, depth + 1)
      expanded += size.expanded
      height = Math.max(height, size.height + 1)
    }
    const size = { expanded, height }
    sizes.set(node, size)
    return size
  }
  const { expanded, height } = sizeOf(value, 0)
  if (trouble !== undefined) return trouble
  if (height > MAX_HEIGHT) return `aliases nest deeper than ${MAX_HEIGHT} levels`
  if (expanded > ALWAYS_ALLOWED && expanded > written * MAX_GROWTH) {
    return 'aliases expand to far more than the document holds'
  }
  return undefined
}
