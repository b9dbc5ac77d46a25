import { parseTOML } from 'toml-eslint-parser'
import type { JsonObject, JsonPath, JsonValue } from '../model/index.js'
import type { LineColumn } from './line-of.js'
import { MAX_DEPTH, type TextProblem } from './text-problem.js'

/** A TOML document with the place of each key. */
export interface TomlDocument {
  readonly value: JsonObject
  /** The place of the key at a path, or of the nearest part above it that stands in the text. */
  place(path: JsonPath): LineColumn
}

/** The document, or what is wrong with its text. */
export type TomlRead =
  | { readonly document: TomlDocument; readonly problem?: undefined }
  | { readonly document?: undefined; readonly problem: TextProblem }

/** Larger texts are refused: configuration of a runtime is some kilobytes. */
const LARGEST = 4 * 1024 * 1024

type Program = ReturnType<typeof parseTOML>
type TopLevel = Program['body'][0]['body'][number]
type KeyValue = Extract<TopLevel, { type: 'TOMLKeyValue' }>
type Content = KeyValue['value']

/** A mapping or list while it is built: never a plain object, so that `__proto__` stays a key. */
type Growing = Map<string, Node>
type Node = Growing | Node[] | string | number | boolean

/** Reads TOML 1.0. Dates are texts, as are integers beyond 2^53. Never throws. */
export function readToml(text: string): TomlRead {
  if (text.length > LARGEST)
    return failure('too-large', `TOML of more than ${LARGEST / 1024 / 1024} MiB: not read`, 1, 1)
  let program: Program
  try {
    program = parseTOML(text.replace(/^\uFEFF/, ''), { tomlVersion: '1.0' })
  } catch (error) {
    const { lineNumber, column } = error as { lineNumber?: number; column?: number }
    // A parser that ran out of stack says nothing of a place.
    if (lineNumber === undefined) return failure('too-deep', 'nests too deep: not read', 1, 1)
    return failure('syntax', 'not valid TOML', lineNumber, (column ?? 0) + 1)
  }
  const builder = new Builder()
  for (const entry of program.body[0].body) {
    if (!builder.add(entry))
      return failure('too-deep', `nests deeper than ${MAX_DEPTH} levels`, entry.loc.start.line, 1)
  }
  return { document: builder.document() }
}

class Builder {
  private readonly root: Growing = new Map()
  private readonly places = new Map<string, LineColumn>()

  /** False when it nests too deep. */
  add(entry: TopLevel): boolean {
    if (entry.type === 'TOMLKeyValue') return this.set(this.root, [], entry)
    const table = this.descend(this.root, [], entry.resolvedKey)
    if (table === undefined) return false
    this.note(entry.resolvedKey, entry.loc.start)
    return entry.body.every((pair) => this.set(table, entry.resolvedKey, pair))
  }

  document(): TomlDocument {
    const { places } = this
    return {
      value: plain(this.root) as JsonObject,
      place(path) {
        for (let length = path.length; length > 0; length -= 1) {
          const found = places.get(JSON.stringify(path.slice(0, length)))
          if (found !== undefined) return found
        }
        return { line: 1, column: 1 }
      },
    }
  }

  private set(table: Growing, above: JsonPath, pair: KeyValue): boolean {
    const keys = pair.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))
    const last = keys.pop()
    if (last === undefined) return true
    const inner = this.descend(table, above, keys)
    const path = [...above, ...keys, last]
    const value = inner === undefined ? undefined : this.content(pair.value, path)
    if (inner === undefined || value === undefined) return false
    inner.set(last, value)
    this.note(path, pair.loc.start)
    return true
  }

  /** The mapping at a path, made where it is not there yet. */
  private descend(from: Growing, above: JsonPath, steps: JsonPath): Growing | undefined {
    if (above.length + steps.length > MAX_DEPTH) return undefined
    let here: Growing = from
    for (let at = 0; at < steps.length; at += 1) {
      const key = String(steps[at])
      const next = steps[at + 1]
      if (typeof next === 'number') {
        const list = here.get(key)
        const members: Node[] = Array.isArray(list) ? list : []
        here.set(key, members)
        const member = members[next]
        here = member instanceof Map ? member : new Map<string, Node>()
        members[next] = here
        at += 1
      } else {
        const found = here.get(key)
        const inner: Growing = found instanceof Map ? found : new Map<string, Node>()
        here.set(key, inner)
        here = inner
      }
    }
    return here
  }

  private content(value: Content, path: JsonPath): Node | undefined {
    if (path.length > MAX_DEPTH) return undefined
    if (value.type === 'TOMLArray') {
      const members: Node[] = []
      for (const [index, element] of value.elements.entries()) {
        const member = this.content(element, [...path, index])
        if (member === undefined) return undefined
        this.note([...path, index], element.loc.start)
        members.push(member)
      }
      return members
    }
    if (value.type === 'TOMLInlineTable') {
      const table: Growing = new Map()
      return value.body.every((pair) => this.set(table, path, pair)) ? table : undefined
    }
    switch (value.kind) {
      case 'string':
      case 'boolean':
        return value.value
      case 'integer':
        return Number.isSafeInteger(value.value) ? value.value : value.number
      case 'float':
        return Number.isFinite(value.value) ? value.value : value.number
      default:
        return value.datetime
    }
  }

  private note(path: JsonPath, start: { readonly line: number; readonly column: number }): void {
    this.places.set(JSON.stringify(path), { line: start.line, column: start.column + 1 })
  }
}

function plain(node: Node): JsonValue {
  if (node instanceof Map) return Object.fromEntries([...node].map(([key, value]) => [key, plain(value)]))
  return Array.isArray(node) ? node.map(plain) : node
}

function failure(code: TextProblem['code'], message: string, line: number, column: number): TomlRead {
  return { problem: { code, level: 'error', message, line, column } }
}
