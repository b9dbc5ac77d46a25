import { formatType, type CelType } from '../types.js'

const CLAUSE = /%(?:\.\d+)?([a-zA-Z%])?/g

/** Which types each clause takes. Source: cel-go ext/formatting.go, stringFormatChecker. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  s: [
    'list',
    'map',
    'int',
    'uint',
    'double',
    'bool',
    'string',
    'timestamp',
    'bytes',
    'duration',
    'type',
    'null',
  ],
  d: ['int', 'uint'],
  f: ['double', 'string'],
  e: ['double', 'string'],
  b: ['int', 'uint', 'bool'],
  o: ['int', 'uint'],
  x: ['int', 'uint', 'string', 'bytes'],
  X: ['int', 'uint', 'string', 'bytes'],
}

/** What is wrong with a format string and the types of its arguments; undefined when nothing is. */
export function formatFault(format: string, types: readonly CelType[]): string | undefined {
  let used = 0
  for (const [whole, letter] of format.matchAll(CLAUSE)) {
    if (whole === '%%') continue
    if (letter === undefined) return 'unexpected end of string'
    const takes = TAKES[letter]
    if (takes === undefined)
      return `could not parse formatting clause: unrecognized formatting clause "${letter}"`
    const type = types[used]
    if (type === undefined) return `index ${used} out of range`
    if (type.kind !== 'dyn' && !takes.includes(type.kind)) {
      return `error during formatting: %${letter} can not be used on ${formatType(type)}`
    }
    used++
  }
  if (types.length > used) {
    return `too many arguments supplied to string.format (expected ${used}, got ${types.length})`
  }
  return undefined
}
