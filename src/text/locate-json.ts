import type { JsonPath } from '../model/index.js'
import { LineIndex, type LineColumn } from './line-of.js'

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_MAP = 0x7b
const CLOSE_MAP = 0x7d

interface Member {
  /** Where the key (in a list, the value) begins. */
  readonly start: number
  readonly value: number
}

/**
 * See `locate`. Reads no further than the value, and takes for granted that the text is JSON: for any other text the
 * place may be wrong, but is found in time linear in the text.
 */
export function locateJson(text: string, path: JsonPath): LineColumn | undefined {
  let value = skipSpace(text, text.startsWith('\uFEFF') ? 1 : 0)
  if (value >= text.length) return undefined
  let shown = value
  for (const step of path) {
    const found = typeof step === 'number' ? itemAt(text, value, step) : memberAt(text, value, step)
    if (found === undefined) break
    value = found.value
    const code = text.charCodeAt(value)
    shown = code === OPEN_MAP || code === OPEN_LIST ? found.start : value
  }
  return about(text).lines.lineOf(shown)
}

function itemAt(text: string, list: number, index: number): Member | undefined {
  if (text.charCodeAt(list) !== OPEN_LIST) return undefined
  let at = skipSpace(text, list + 1)
  for (let count = 0; at < text.length && text.charCodeAt(at) !== CLOSE_LIST; count += 1) {
    if (count === index) return { start: at, value: at }
    at = skipSpace(text, skipValue(text, at))
    if (text.charCodeAt(at) !== COMMA) return undefined
    at = skipSpace(text, at + 1)
  }
  return undefined
}

interface KnownText {
  readonly text: string
  readonly lines: LineIndex
  /** Mappings by where they begin. */
  readonly maps: Map<number, ReadonlyMap<string, Member>>
}

/** What is known of the text that was asked about last: places in one object are asked one by one. */
let known: KnownText = { text: '', lines: new LineIndex(''), maps: new Map() }

function about(text: string): KnownText {
  if (known.text !== text) known = { text, lines: new LineIndex(text), maps: new Map() }
  return known
}

function memberAt(text: string, map: number, key: string): Member | undefined {
  const { maps } = about(text)
  let members = maps.get(map)
  if (members === undefined) maps.set(map, (members = membersOf(text, map)))
  return members.get(key)
}

/** The last of two equal keys is the one that counts. */
function membersOf(text: string, map: number): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>()
  if (text.charCodeAt(map) !== OPEN_MAP) return members
  let at = skipSpace(text, map + 1)
  while (text.charCodeAt(at) === QUOTE) {
    const start = at
    const end = skipString(text, start)
    at = skipSpace(text, end)
    if (text.charCodeAt(at) !== COLON) break
    at = skipSpace(text, at + 1)
    const key = keyIn(text, start, end)
    if (key !== undefined) members.set(key, { start, value: at })
    at = skipSpace(text, skipValue(text, at))
    if (text.charCodeAt(at) !== COMMA) break
    at = skipSpace(text, at + 1)
  }
  return members
}

function keyIn(text: string, start: number, end: number): string | undefined {
  const inside = text.slice(start + 1, end - 1)
  if (!inside.includes('\\')) return inside
  try {
    return JSON.parse(text.slice(start, end)) as string
  } catch {
    return undefined
  }
}

function skipSpace(text: string, offset: number): number {
  let at = offset
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;) {
    at += 1
    code = text.charCodeAt(at)
  }
  return at
}

function skipString(text: string, offset: number): number {
  for (let at = offset + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (code === BACKSLASH) at += 1
  }
  return text.length
}

function skipValue(text: string, offset: number): number {
  let depth = 0
  let at = offset
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = skipString(text, at)
      if (depth === 0) return at
      continue
    }
    if (code === OPEN_MAP || code === OPEN_LIST) depth += 1
    else if (code === CLOSE_MAP || code === CLOSE_LIST) {
      if (depth === 0) return at
      depth -= 1
      if (depth === 0) return at + 1
    } else if (code === COMMA && depth === 0) return at
    at += 1
  }
  return at
}
