import {
  RampartError,
  isObject,
  type FilePlace,
  type JsonObject,
  type JsonPath,
  type JsonValue,
} from '../model/index.js'
import { locate, nearestWords, placeInScalar, readYaml } from '../text/index.js'

/** A configuration may be this long; a longer one is no configuration. */
const LARGEST = 1024 * 1024

/**
 * A YAML document of the user's own, read strictly: what is not known or of another type ends the command, with the
 * place. The first fault is told, since others often follow from it.
 */
export class StrictDocument {
  readonly root: JsonObject
  readonly #slice = { format: 'yaml', line: 1, column: 1 } as const

  /** Throws RampartError when the text is no YAML mapping. */
  constructor(
    readonly text: string,
    readonly file: string,
  ) {
    if (text.length > LARGEST) throw new RampartError('usage', `${file} is larger than ${LARGEST} bytes`)
    const { value, problems } = readYaml(text)
    const [problem] = problems
    if (problem !== undefined) {
      throw new RampartError('usage', `${file}:${problem.line}:${problem.column}: ${problem.message}`)
    }
    if (value === null || value === undefined) this.root = {}
    else if (isObject(value)) this.root = value
    else throw new RampartError('usage', `${file}:1:1: a mapping is expected`)
  }

  /** Where the value at a path stands; `of: 'key'` for its key. */
  place(path: JsonPath): FilePlace {
    const found = locate(this.text, this.#slice, path)
    return found === undefined ? { file: this.file } : { file: this.file, ...found }
  }

  /** Ends the command with a fault at a path. */
  fail(path: JsonPath, message: string): never {
    const { line = 1, column = 1 } = this.place(path)
    throw new RampartError('usage', `${this.file}:${line}:${column}: ${message}`)
  }

  /** Ends the command with a fault at one sign of the text at a path: `offset` counts UTF-16 units of its value. */
  failInside(path: JsonPath, value: string, offset: number, message: string): never {
    const start = locate(this.text, this.#slice, path)
    const inside = start === undefined ? undefined : placeInScalar(this.text, start, value, offset)
    const { line, column } = inside ?? start ?? { line: 1, column: 1 }
    throw new RampartError('usage', `${this.file}:${line}:${column}: ${message}`)
  }

  /** The mapping at a path with no other keys than these; undefined where it is absent. */
  mapping(path: JsonPath, value: JsonValue | undefined, keys: readonly string[]): JsonObject | undefined {
    if (value === undefined || value === null) return undefined
    if (!isObject(value)) this.fail(path, `${name(path)} must be a mapping`)
    for (const key of Object.keys(value)) {
      if (keys.includes(key)) continue
      const [near] = nearestWords(key, keys)
      const hint = near === undefined ? `known are ${keys.join(', ')}` : `did you mean \`${near}\`?`
      this.fail(
        [...path, key],
        `\`${key}\` is not known ${path.length === 0 ? 'here' : `in ${name(path)}`}; ${hint}`,
      )
    }
    return value
  }

  /** The list at a path; empty where it is absent. */
  list(path: JsonPath, value: JsonValue | undefined): readonly JsonValue[] {
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) this.fail(path, `${name(path)} must be a list`)
    return value
  }

  /** Texts: a list of them, or one alone. Undefined where nothing is given. */
  texts(path: JsonPath, value: JsonValue | undefined): readonly string[] | undefined {
    if (value === undefined || value === null) return undefined
    if (!Array.isArray(value)) return [this.oneText(path, value)]
    return value.map((item, index) => this.oneText([...path, index], item))
  }

  /** One text that is not empty. */
  oneText(path: JsonPath, value: JsonValue | undefined): string {
    if (typeof value !== 'string') this.fail(path, `${name(path)} must be a text${quoteHint(value)}`)
    if (value.trim() === '') this.fail(path, `${name(path)} is empty`)
    return value
  }

  boolean(path: JsonPath, value: JsonValue | undefined, otherwise: boolean): boolean {
    if (value === undefined || value === null) return otherwise
    if (typeof value !== 'boolean') this.fail(path, `${name(path)} must be true or false`)
    return value
  }

  /** One of some words. */
  word<T extends string>(path: JsonPath, value: JsonValue | undefined, words: readonly T[]): T {
    const found = words.find((word) => word === value)
    if (found !== undefined) return found
    const [near] = typeof value === 'string' ? nearestWords(value, words) : []
    const hint = near === undefined ? '' : `; did you mean \`${near}\`?`
    return this.fail(path, `${name(path)} must be one of ${words.join(', ')}${hint}`)
  }
}

function name(path: JsonPath): string {
  const step = path.findLast((each) => typeof each === 'string')
  return step === undefined ? 'the document' : `\`${step}\``
}

/** Numbers and switches are what YAML makes of words without quotes. */
function quoteHint(value: JsonValue | undefined): string {
  return typeof value === 'number' || typeof value === 'boolean' ? `: write "${value}" in quotes` : ''
}
