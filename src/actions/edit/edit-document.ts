import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { isObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/index.js'
import { renderBlock, renderScalar, renderValue, type Style } from './render-value.js'

/** A replacement of the text between two offsets. */
export interface TextChange {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The documents of a YAML or JSON text with their places; undefined when it cannot be parsed. */
export function parseForEdit(text: string): readonly Document[] | undefined {
  const documents = parseAllDocuments(text, { keepSourceTokens: false, strict: false, uniqueKeys: false })
  const list: readonly Document[] = Array.isArray(documents) ? (documents as Document[]) : []
  return list.some((document) => document.errors.length > 0) ? undefined : list
}

/** A change that cannot be made without touching more than was asked. */
export class EditRefused extends Error {}

/**
 * The smallest text change that puts `value` at `path` below `root`. Everything else keeps its bytes: comments, order,
 * quotes, indentation. Throws EditRefused when a step leads through a scalar or past the end of a list.
 */
export function setChange(text: string, root: Node, path: JsonPath, value: JsonValue): TextChange {
  const style = styleOf(text)
  let here = root
  for (const [index, step] of path.entries()) {
    const next = childOf(here, step)
    if (next === undefined) return addChange(text, here, path.slice(index), value, style)
    if (next === null) {
      // `key:` without a value: the rest of the path becomes its value.
      const pair = pairOf(here, step)
      const end = rangeOf(pair?.key as Node)[1]
      const colon = text.indexOf(':', end) + 1
      return { from: colon, to: colon, text: ` ${renderValue(nest(path.slice(index + 1), value), style)}` }
    }
    here = next
  }
  if (isBlock(here)) return replaceCollection(text, root, path, renderValue(value, style))
  const [from, to] = rangeOf(here)
  if (isScalar(here) && isEmptyScalar(here)) return { from, to, text: ` ${renderValue(value, style)}` }
  return { from, to: trimEnd(text, from, to), text: renderValue(value, style) }
}

/** The smallest change that takes the value at `path` out; undefined when it is not there. */
export function removeChange(text: string, root: Node, path: JsonPath): TextChange | undefined {
  const last = path.at(-1)
  const parent = nodeAt(root, path.slice(0, -1))
  if (last === undefined || parent === undefined) return undefined
  const items = isMap(parent) || isSeq(parent) ? parent.items : []
  const index =
    typeof last === 'number' ? last : items.findIndex((item) => isPair(item) && keyOf(item) === last)
  if (items[index] === undefined || isMap(parent) === (typeof last === 'number')) return undefined
  if (items.length === 1) {
    return replaceCollection(text, root, path.slice(0, -1), isMap(parent) ? '{}' : '[]')
  }
  const start = (at: number): number => itemStart(text, items[at], isSeq(parent) && parent.flow !== true)
  if (index < items.length - 1) return { from: start(index), to: start(index + 1), text: '' }
  return { from: itemEnd(text, items[index - 1]), to: itemEnd(text, items[index]), text: '' }
}

/**
 * Puts a one-line value in the place of a whole collection. A block one stands on lines of its own, where a one-line
 * value may be indented too little: it goes behind the colon of its key.
 */
function replaceCollection(text: string, root: Node, path: JsonPath, value: string): TextChange {
  const node = nodeAt(root, path)
  const key = path.at(-1)
  const parent = nodeAt(root, path.slice(0, -1))
  if (node === undefined) throw new EditRefused('it is not there')
  const [from, to] = rangeOf(node)
  if (!isBlock(node)) return { from, to: trimEnd(text, from, to), text: value }
  const end = itemEnd(text, (node as YAMLMap | YAMLSeq).items.at(-1))
  const pair = parent === undefined || key === undefined ? undefined : pairOf(parent, key)
  if (pair === undefined) return { from, to: end, text: value }
  const colon = text.indexOf(':', rangeOf(pair.key as Node)[1]) + 1
  return { from: colon, to: end, text: ` ${value}` }
}

function isBlock(node: Node): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0
}

/** The change that adds `value` to the end of the list at `path`, or makes the list. */
export function appendChange(text: string, root: Node, path: JsonPath, value: JsonValue): TextChange {
  const list = nodeAt(root, path)
  if (list === undefined || !isSeq(list) || list.items.length === 0)
    return setChange(text, root, path, [value])
  const style = styleOf(text)
  const end = itemEnd(text, list.items.at(-1))
  if (list.flow === true) return { from: end, to: end, text: `, ${renderValue(value, style)}` }
  const indent = columnOf(text, itemStart(text, list.items[0], true))
  const margin = ' '.repeat(indent)
  // Among items of several lines the new one is written as they are.
  const block = isMap(list.items[0]) && list.items[0].flow !== true && isMapValue(value)
  const lines = block ? renderBlock(value, style) : [renderValue(value, style)]
  const item = lines.map((line, index) => `${margin}${index === 0 ? '- ' : '  '}${line}`)
  return insertLine(text, end, item.join(style.newline), style)
}

function isMapValue(value: JsonValue): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0
}

/** The node at a path, or undefined. */
export function nodeAt(root: Node, path: JsonPath): Node | undefined {
  let here: Node | null | undefined = root
  for (const step of path) {
    here = here === null || here === undefined ? undefined : childOf(here, step)
  }
  return here ?? undefined
}

function addChange(text: string, parent: Node, path: JsonPath, value: JsonValue, style: Style): TextChange {
  const [key, ...rest] = path
  if (typeof key !== 'string' || !(isMap(parent) || isEmptyScalar(parent))) {
    throw new EditRefused(`there is no place for \`${String(key)}\``)
  }
  if (!isMap(parent)) {
    const [from, to] = rangeOf(parent)
    return { from, to, text: ` ${renderValue(nest(path, value), style)}` }
  }
  if (parent.items.length === 0) {
    const [from, to] = rangeOf(parent)
    return { from, to: trimEnd(text, from, to), text: renderValue(nest(path, value), style) }
  }
  return parent.flow === true
    ? addToFlow(text, parent, key, nest(rest, value), style)
    : addToBlock(text, parent, key, rest, value, style)
}

function addToFlow(text: string, parent: YAMLMap, key: string, value: JsonValue, style: Style): TextChange {
  const end = itemEnd(text, parent.items.at(-1))
  const firstKey = itemStart(text, parent.items[0], false)
  const lineStart = text.lastIndexOf('\n', firstKey - 1) + 1
  const ownLine = /^\s*$/.test(text.slice(lineStart, firstKey)) && lineStart > 0
  const gap = ownLine ? `${style.newline}${text.slice(lineStart, firstKey)}` : ' '
  return {
    from: end,
    to: end,
    text: `,${gap}${renderScalar(key, style, true)}: ${renderValue(value, style)}`,
  }
}

function addToBlock(
  text: string,
  parent: YAMLMap,
  key: string,
  rest: JsonPath,
  value: JsonValue,
  style: Style,
): TextChange {
  const indent = columnOf(text, itemStart(text, parent.items[0], false))
  const lines = [`${' '.repeat(indent)}${renderScalar(key, style, true)}:`]
  let depth = indent
  for (const step of rest) {
    if (typeof step !== 'string') throw new EditRefused(`there is no list to hold item ${step}`)
    depth += 2
    lines.push(`${' '.repeat(depth)}${renderScalar(step, style, true)}:`)
  }
  const last = lines.length - 1
  lines[last] = `${lines[last] ?? ''} ${renderValue(value, style)}`
  return insertLine(text, itemEnd(text, parent.items.at(-1)), lines.join(style.newline), style)
}

/** Puts whole lines behind the line in which `end` stands (a comment behind the value stays with it). */
function insertLine(text: string, end: number, lines: string, style: Style): TextChange {
  if (end > 0 && text[end - 1] === '\n') return { from: end, to: end, text: `${lines}${style.newline}` }
  const newline = text.indexOf('\n', end)
  const at = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline
  return { from: at, to: at, text: `${style.newline}${lines}` }
}

/** undefined: no such child; null: the key stands there without a value. */
function childOf(node: Node, step: string | number): Node | null | undefined {
  if (typeof step === 'number') return isSeq(node) ? (node.items[step] as Node | undefined) : undefined
  const pair = pairOf(node, step)
  return pair === undefined ? undefined : (pair.value as Node | null)
}

function pairOf(node: Node, key: string | number): Pair | undefined {
  // The last of two equal keys is the one that counts.
  return isMap(node) ? node.items.findLast((pair) => keyOf(pair) === key) : undefined
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.value === null && (node.source === undefined || node.source === '')
}

function rangeOf(node: Node): readonly [number, number] {
  const range = node.range
  if (range === null || range === undefined) throw new EditRefused('this place has no text of its own')
  return [range[0], range[1]]
}

function itemStart(text: string, item: unknown, dashed: boolean): number {
  const node = (isPair(item) ? item.key : item) as Node
  const [start] = rangeOf(node)
  // The value itself may begin with a dash.
  return dashed ? text.lastIndexOf('-', start - 1) : start
}

function itemEnd(text: string, item: unknown): number {
  const node = (isPair(item) ? (item.value ?? item.key) : item) as Node
  const [from, to] = rangeOf(node)
  // A block scalar's end is the start of the next line: nothing may be cut from it.
  if (isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')) return to
  return trimEnd(text, from, to)
}

function trimEnd(text: string, from: number, to: number): number {
  return from + text.slice(from, to).trimEnd().length
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

function styleOf(text: string): Style {
  return { json: /^\s*[[{]/.test(text), newline: text.includes('\r\n') ? '\r\n' : '\n' }
}

function nest(path: JsonPath, value: JsonValue): JsonValue {
  return [...path].reverse().reduce<JsonValue>((inner, step) => {
    if (typeof step === 'number') throw new EditRefused(`there is no list to hold item ${step}`)
    return { [step]: inner }
  }, value)
}

export type { YAMLMap, YAMLSeq }
