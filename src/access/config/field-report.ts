import { formatPath, type FilePlace, type JsonPath } from '../../model/index.js'
import { docEntryAt, type DocNode } from '../../text/index.js'
import type { ConfigError } from './chain.js'

/** Collects what is wrong with the fields of one document, each with its place. */
export class FieldReport {
  readonly errors: ConfigError[] = []

  constructor(
    private readonly root: DocNode,
    private readonly file: string,
  ) {}

  /** Adds an error about the field at `path`; `message` goes on after the field's name. */
  add(path: JsonPath, message: string, place: FilePlace = this.place(path)): void {
    const field = formatPath(path)
    this.errors.push({ message: `\`${field}\`: ${message}`, place, field })
  }

  /** Where the field stands: a single value itself, else its key; for what is absent, what it is absent from. */
  place(path: JsonPath): FilePlace {
    for (let length = path.length; length > 0; length -= 1) {
      const entry = docEntryAt(this.root, path.slice(0, length))
      if (entry === undefined) continue
      const { line, column } = entry.value.kind === 'scalar' ? entry.value : entry
      return { file: this.file, line, column }
    }
    return { file: this.file, line: this.root.line, column: this.root.column }
  }
}

/** The input's own words in backticks and one line, cut where they are long. */
export function quoted(text: string): string {
  const short = text.length > 100 ? `${text.slice(0, 100)}...` : text
  return `\`${short.replace(/\s+/g, ' ')}\``
}
