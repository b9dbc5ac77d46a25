import {
  LineCounter,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import type { JsonPath, JsonValue } from '../model/index.js'
import { lineOf } from './line-of.js'
import { readJson } from './read-json.js'
import { scalarText } from './scalar-text.js'
import { goScalar, jsonScalar } from './go-scalar.js'

interface DocPlace {
  /** From 1. */
  readonly line: number
  readonly column: number
}

/** A value of a YAML or JSON file with its place. `fraction`: a JSON number written with a point or exponent. */
export type DocNode =
  | (DocPlace & {
      readonly kind: 'scalar'
      readonly value: string | number | boolean | null
      readonly fraction?: boolean
    })
  | (DocPlace & { readonly kind: 'map'; readonly entries: ReadonlyMap<string, DocEntry> })
  | (DocPlace & { readonly kind: 'list'; readonly items: readonly DocNode[] })

/** A key (with its place) and its value. */
export interface DocEntry extends DocPlace {
  readonly value: DocNode
}

export interface GoDocument {
  readonly format: 'json' | 'yaml'
  /** Missing when the text could not be read, see `error`. */
  readonly root?: DocNode
  readonly error?: { readonly message: string; readonly line?: number; readonly column?: number }
  /** Keys that stand twice in one map; the last one counts. */
  readonly duplicates: readonly (DocPlace & { readonly key: string })[]
  /** Keys that a map has and takes in with `<<` too: the map's own value counts, but strict readers refuse it. */
  readonly overridden: readonly (DocPlace & { readonly key: string })[]
}

const LARGEST_TEXT = 1024 * 1024
const MAX_NODES = 100_000
const MAX_DEPTH = 200

/**
 * Reads a file as Kubernetes components read their configuration: JSON when it begins with `{`, else the first document
 * of YAML as sigs.k8s.io/yaml understands it (`yes` is true, `0100` is 64). Texts above 1 MiB are refused. Never throws.
 * Source: k8s.io/apimachinery v0.36.2 pkg/util/yaml, IsJSONBuffer; sigs.k8s.io/yaml v1.6.0, YAMLToJSON.
 */
export function readGoDocument(text: string): GoDocument {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  const format = plain.trimStart().startsWith('{') ? 'json' : 'yaml'
  const refuse = (message: string, place?: DocPlace): GoDocument => ({
    format,
    error: { message, ...place },
    duplicates: [],
    overridden: [],
  })
  if (plain.length > LARGEST_TEXT) return refuse('the file is larger than 1 MiB')
  if (tooDeep(plain)) return refuse(`the file nests deeper than ${MAX_DEPTH} levels`)
  try {
    if (format === 'json') JSON.parse(plain)
    const version = format === 'yaml' ? VERSION_DIRECTIVE.exec(plain) : null
    if (version !== null && version[1] !== '1.1') {
      return refuse(
        'a `%YAML` directive of another version than 1.1',
        lineOf(plain, version[0].lastIndexOf('%')),
      )
    }
    return new DocumentReader(plain, format).read()
  } catch (error) {
    if (!(error instanceof SyntaxError)) return refuse('the file cannot be read')
    const { line = 1, column = 1 } = readJson(plain, { depthKnown: true }).problems[0] ?? {}
    return refuse('the file is not valid JSON', { line, column })
  }
}

/** A directive before the first document. Source: sigs.k8s.io/yaml v1.6.0 goyaml.v2/parserc.go, process_directives. */
const VERSION_DIRECTIVE = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*%YAML[ \t]+(\S+)/

/** Brackets and indentation show depth before a recursive parser meets it. Quoted text counts to the end of its line. */
function tooDeep(text: string): boolean {
  let open = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\n') quoted = false
    else if (sign === '"') quoted = !quoted
    else if (quoted && sign === '\\') at += 1
    else if (!quoted && (sign === '[' || sign === '{')) open += 1
    else if (!quoted && (sign === ']' || sign === '}')) open -= 1
    if (open > MAX_DEPTH) return true
  }
  return new RegExp(`^(?: {${MAX_DEPTH * 2}}|(?:[-?] ?){${MAX_DEPTH}})`, 'm').test(text)
}

class Refused extends Error {
  constructor(
    message: string,
    readonly place: DocPlace,
  ) {
    super(message)
  }
}

class DocumentReader {
  private readonly lines = new LineCounter()
  private readonly duplicates: (DocPlace & { key: string })[] = []
  private readonly overridden: (DocPlace & { key: string })[] = []
  private readonly anchors = new Map<string, Node>()
  private aliases = 0
  private nodes = 0

  constructor(
    private readonly text: string,
    private readonly format: 'json' | 'yaml',
  ) {}

  read(): GoDocument {
    const parsed = parseAllDocuments(this.text, {
      schema: 'failsafe',
      uniqueKeys: false,
      lineCounter: this.lines,
      prettyErrors: false,
      logLevel: 'silent',
    })
    const document = Array.isArray(parsed) ? parsed[0] : undefined
    const error = document?.errors[0]
    if (error !== undefined) {
      const { line, col: column } = this.lines.linePos(error.pos[0])
      return this.result({ error: { message: error.message, line, column } })
    }
    try {
      return this.result({ root: this.node(document?.contents ?? null, 0) })
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal
      return this.result({ error: { message: refusal.message, ...refusal.place } })
    }
  }

  private result(read: Pick<GoDocument, 'root' | 'error'>): GoDocument {
    const { format, duplicates, overridden } = this
    return { format, ...read, duplicates, overridden }
  }

  private node(node: Node | null | undefined, depth: number): DocNode {
    this.nodes += 1
    const place = this.place(node)
    if (this.nodes > MAX_NODES || depth > MAX_DEPTH)
      throw new Refused('the file holds too many values', place)
    if (isAlias(node)) {
      const target = this.anchors.get(node.source)
      if (target === undefined) throw new Refused(`unknown anchor \`${node.source}\``, place)
      this.aliases += 1
      const value = this.node(target, depth + 1)
      this.aliases -= 1
      return { ...value, ...place }
    }
    const read = this.ownNode(node, place, depth)
    // Known only behind its end, so that a value cannot hold itself; a copy leaves the anchors as they are.
    if (node?.anchor !== undefined && this.aliases === 0) this.anchors.set(node.anchor, node)
    return read
  }

  private ownNode(node: Node | null | undefined, place: DocPlace, depth: number): DocNode {
    if (isScalar(node)) return { kind: 'scalar', ...place, ...this.scalar(node) }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item as Node, depth + 1))
      return { kind: 'list', ...place, items }
    }
    if (isMap(node)) return { kind: 'map', ...place, entries: this.entries(node, depth) }
    return { kind: 'scalar', ...place, value: null }
  }

  private entries(map: YAMLMap, depth: number): Map<string, DocEntry> {
    const entries = new Map<string, DocEntry>()
    const merged: DocNode[] = []
    for (const pair of map.items) {
      const keyNode = pair.key as Node | null
      if (isCollection(keyNode)) throw new Refused('a key that is a map or a list', this.place(keyNode))
      const keyValue = this.node(keyNode, depth + 1)
      const key = keyValue.kind === 'scalar' ? String(keyValue.value) : ''
      const value = this.node(pair.value as Node | null, depth + 1)
      const place = this.place(keyNode)
      if (key === '<<' && isScalar(keyNode) && keyNode.type === 'PLAIN' && this.format === 'yaml') {
        merged.push(...(value.kind === 'list' ? value.items : [value]))
        continue
      }
      if (entries.has(key)) this.duplicates.push({ key, ...place })
      entries.set(key, { ...place, value })
    }
    for (const source of merged) {
      if (source.kind !== 'map')
        throw new Refused('map merge requires a map', { line: source.line, column: source.column })
      for (const [key, entry] of source.entries) {
        const own = entries.get(key)
        if (own === undefined) entries.set(key, entry)
        else this.overridden.push({ key, line: own.line, column: own.column })
      }
    }
    return entries
  }

  private scalar(node: Scalar): { value: string | number | boolean | null; fraction?: boolean } {
    const text = node.source ?? scalarText(node.value)
    if (this.format === 'json') return jsonScalar(text, node.type === 'PLAIN')
    return { value: goScalar(text, node.type === 'PLAIN', node.tag) }
  }

  private place(node: Node | null | undefined): DocPlace {
    const offset = node?.range?.[0]
    if (offset === undefined) return { line: 1, column: 1 }
    const { line, col: column } = this.lines.linePos(offset)
    return { line, column }
  }
}

/** The plain value of a node: own keys only, so that `__proto__` stays data. */
export function docValue(node: DocNode): JsonValue {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(docValue)
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, docValue(entry.value)]))
}

/** The node at a path with the place of its key, or undefined. `foldCase` finds keys in other letters too. */
export function docEntryAt(
  root: DocNode,
  path: JsonPath,
  options: { foldCase?: boolean } = {},
): DocEntry | undefined {
  let here: DocEntry = { line: root.line, column: root.column, value: root }
  for (const step of path) {
    const next = childOf(here.value, step, options.foldCase === true)
    if (next === undefined) return undefined
    here = next
  }
  return here
}

function childOf(node: DocNode, step: string | number, foldCase: boolean): DocEntry | undefined {
  if (typeof step === 'number') {
    const item = node.kind === 'list' ? node.items[step] : undefined
    return item === undefined ? undefined : { line: item.line, column: item.column, value: item }
  }
  if (node.kind !== 'map') return undefined
  const exact = node.entries.get(step)
  if (exact !== undefined || !foldCase) return exact
  const folded = step.toLowerCase()
  return [...node.entries].find(([key]) => key.toLowerCase() === folded)?.[1]
}
