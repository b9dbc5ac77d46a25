import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml'
import type { JsonPath } from '../model/index.js'
import { goScalar } from './go-scalar.js'
import { lineOf, type LineColumn } from './line-of.js'

/** The slow parser reads some 2 MB/s: longer documents are not worth the wait. */
const LARGEST_TEXT = 2 * 1024 * 1024
const CACHED = 32

interface Member {
  /** Where the key (or the item) begins. */
  readonly start: number
  readonly value: Node | null
}

const cache = new Map<string, Document.Parsed | undefined>()

/** See `locate`. The document is parsed once and kept for the next questions about the same text. */
export function locateYaml(text: string, path: JsonPath): LineColumn | undefined {
  const document = parsed(text)
  const root = document?.contents
  if (document === undefined || !isNode(root)) return undefined
  let value: Node | null = root
  let shown = root.range?.[0] ?? 0
  for (const step of path) {
    const member: Member | undefined = memberAt(resolved(value, document), step, document, 0)
    if (member === undefined) break
    value = member.value
    const start = value?.range?.[0]
    shown =
      isScalar(value) && start !== undefined && !(value.type === 'PLAIN' && value.source === '')
        ? start
        : member.start
  }
  return lineOf(text, shown)
}

function parsed(text: string): Document.Parsed | undefined {
  if (cache.has(text)) return cache.get(text)
  const document = text.length > LARGEST_TEXT ? undefined : parse(text)
  cache.set(text, document)
  if (cache.size > CACHED) cache.delete(cache.keys().next().value ?? '')
  return document
}

function parse(text: string): Document.Parsed | undefined {
  try {
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      lineCounter: new LineCounter(),
      prettyErrors: false,
      logLevel: 'silent',
    })
    return Array.isArray(documents) ? documents[0] : undefined
  } catch {
    return undefined
  }
}

function resolved(node: Node | null, document: Document): Node | null {
  if (!isAlias(node)) return node
  try {
    return node.resolve(document) ?? null
  } catch {
    return null
  }
}

function memberAt(
  node: Node | null,
  step: string | number,
  document: Document,
  depth: number,
): Member | undefined {
  if (typeof step === 'number') {
    const item = isSeq(node) ? node.items[step] : undefined
    return isNode(item) ? { start: item.range?.[0] ?? 0, value: item } : undefined
  }
  if (!isMap(node)) return undefined
  return ownMember(node, step) ?? mergedMember(node, step, document, depth)
}

/** The last of two equal keys is the one that counts. */
function ownMember(map: YAMLMap, step: string): Member | undefined {
  for (const pair of map.items.toReversed()) {
    if (isScalar(pair.key) && keyText(pair.key) === step && pair.key.range != null) {
      return { start: pair.key.range[0], value: isNode(pair.value) ? pair.value : null }
    }
  }
  return undefined
}

function mergedMember(map: YAMLMap, step: string, document: Document, depth: number): Member | undefined {
  if (depth > 20) return undefined
  for (const pair of map.items) {
    if (!isScalar(pair.key) || pair.key.source !== '<<' || !isNode(pair.value)) continue
    const sources = isSeq(pair.value) ? pair.value.items.filter(isNode) : [pair.value]
    for (const source of sources) {
      const member = memberAt(resolved(source, document), step, document, depth + 1)
      if (member !== undefined) return member
    }
  }
  return undefined
}

function keyText(key: { readonly source?: string; readonly value: unknown; readonly type?: string }): string {
  const text = key.source ?? String(key.value)
  return key.type === 'PLAIN' ? String(goScalar(text, true)) : text
}
