import { stringify } from 'yaml'
import type { JsonValue } from '../../model/index.js'

const WIDTH = 110

/** A field of a document, with the reason why it is there. */
export interface Field {
  readonly name: string
  readonly value: JsonValue | Fields | Items
  readonly because?: string
}

/** One entry of a list, with the reason why it is there. */
export interface Item {
  readonly value: JsonValue | Fields
  readonly because?: string
}

/** A map whose fields keep their order. */
export class Fields {
  constructor(readonly fields: readonly Field[]) {}
}

/** A list of entries that say why they are there. */
export class Items {
  constructor(readonly items: readonly Item[]) {}
}

export function field(name: string, value: Field['value'], because?: string): Field {
  return { name, value, ...(because === undefined ? {} : { because }) }
}

export function fields(...all: readonly (Field | undefined)[]): Fields {
  return new Fields(all.filter((each) => each !== undefined))
}

export function items(...all: readonly Item[]): Items {
  return new Items(all)
}

export function item(value: Item['value'], because?: string): Item {
  return { value, ...(because === undefined ? {} : { because }) }
}

/** One YAML document with a comment before each field that has a reason. */
export function annotatedYaml(document: Fields, title: string): string {
  return `${[...comment(title, ''), ...linesOf(document, '')].join('\n')}\n`
}

function linesOf({ fields: all }: Fields, indent: string): string[] {
  return all.flatMap(({ name, value, because }) => [
    ...comment(because, indent),
    ...fieldLines(name, value, indent),
  ])
}

function fieldLines(name: string, value: Field['value'], indent: string): string[] {
  if (value instanceof Fields) return [`${indent}${name}:`, ...linesOf(value, `${indent}  `)]
  if (value instanceof Items) {
    return [`${indent}${name}:`, ...value.items.flatMap((each) => itemLines(each, `${indent}  `))]
  }
  const [first = '', ...rest] = plain({ [name]: value })
  return [first, ...rest].map((line) => `${indent}${line}`)
}

function itemLines({ value, because }: Item, indent: string): string[] {
  const lines = value instanceof Fields ? linesOf(value, '') : plain([value]).map((line) => line.slice(2))
  // A reason of the first field would part the dash from it.
  return [
    ...comment(because, indent),
    ...lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`),
  ]
}

function plain(value: JsonValue): string[] {
  return stringify(value, { lineWidth: 0, indentSeq: true }).trimEnd().split('\n')
}

/** A reason as comment lines. */
export function comment(text: string | undefined, indent: string): string[] {
  if (text === undefined) return []
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && indent.length + line.length + word.length + 3 > WIDTH) {
        lines.push(line)
        line = ''
      }
      line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines.map((line) => `${indent}# ${line}`.trimEnd())
}
