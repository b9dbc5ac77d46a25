import { hash } from 'node:crypto'
import { asList, asString, field, formatPath, isObject, type JsonPath } from './json.js'

/**
 * A path that survives reordering: list members are named by their `name` where they have one
 * (`spec.containers[name=app].image`), else by what they hold, so that fingerprints do not depend on positions and a
 * second member like a known one has a path of its own.
 */
export function stablePath(root: unknown, path: JsonPath): string {
  let text = ''
  let here: unknown = root
  let list = ''
  for (const step of path) {
    const next: unknown = typeof step === 'number' ? asList(here)[step] : field(here, step)
    if (typeof step === 'number') text += `[${memberName(asList(here), step, list)}]`
    else {
      text += formatPath([step]).startsWith('[') || text === '' ? formatPath([step]) : `.${step}`
      list = step
    }
    here = next
  }
  return text
}

/** Fields that tell members of one list with the same name apart: subjects of two namespaces, one volume mounted twice. */
const BESIDE_NAME = ['kind', 'namespace', 'mountPath', 'devicePath'] as const

/** Lists of words of a command line. Their words may be secret: only names of flags are taken from them. */
const COMMAND_LINES = new Set(['args', 'command'])

const LONGEST = 80

function memberName(list: readonly unknown[], index: number, listName: string): string {
  const member = list[index]
  const name = asString(field(member, 'name'))
  if (name !== undefined) {
    if (!repeatedNames(list).has(name)) return `name=${name}`
    const beside = BESIDE_NAME.flatMap((key) => {
      const value = asString(field(member, key))
      return value === undefined ? [] : [`,${key}=${value}`]
    })
    return `name=${name}${beside.join('')}`
  }
  if (member === undefined) return String(index)
  if (typeof member === 'number' || typeof member === 'boolean') return String(member)
  if (typeof member !== 'string') return `#${digest(member)}`
  if (COMMAND_LINES.has(listName)) return flagAt(list, index) ?? String(index)
  return member.length <= LONGEST ? member : `#${digest(member)}`
}

const repeated = new WeakMap<readonly unknown[], ReadonlySet<string>>()

/** Names that several members of a list bear; kept while the list is, since a long one is asked about often. */
function repeatedNames(list: readonly unknown[]): ReadonlySet<string> {
  let names = repeated.get(list)
  if (names === undefined) {
    const seen = new Set<string>()
    const twice = new Set<string>()
    for (const member of list) {
      const name = asString(field(member, 'name'))
      if (name !== undefined) (seen.has(name) ? twice : seen).add(name)
    }
    names = twice
    repeated.set(list, names)
  }
  return names
}

/** `--flag` of `--flag=value`, or of the word before a value. */
function flagAt(list: readonly unknown[], index: number): string | undefined {
  const flagOf = (word: unknown): string | undefined => /^--?[A-Za-z][\w.-]*/.exec(asString(word) ?? '')?.[0]
  return (
    flagOf(list[index]) ?? (asString(list[index - 1])?.includes('=') ? undefined : flagOf(list[index - 1]))
  )
}

/** Twelve hex digits of what a value holds, whatever the order of its keys. */
function digest(value: unknown): string {
  return hash('sha256', inOrder(value), 'hex').slice(0, 12)
}

function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
}
