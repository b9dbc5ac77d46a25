import {
  CelMap,
  CelUint,
  compileCel,
  DYN,
  formatType,
  kubernetesEnvironment,
  PER_CALL_LIMIT,
  type CelEnvironment,
  type CelProgram,
  type CelValue,
} from '../cel/index.js'
import type { JsonPath } from '../model/index.js'
import type { StrictDocument } from '../policy/index.js'

/** Values of the variables of an expression. */
export type Bindings = Readonly<Record<string, CelValue>>

/** What an expression says: a fault, none, or why it cannot be said. */
export type Verdict = boolean | { readonly error: string }

const environments = new Map<string, CelEnvironment>()

/** An environment in which each variable may be of any type: manifests hold what they hold. */
function environmentOf(variables: readonly string[]): CelEnvironment {
  const key = variables.join(' ')
  let environment = environments.get(key)
  if (environment === undefined) {
    environment = kubernetesEnvironment(Object.fromEntries(variables.map((name) => [name, DYN])))
    environments.set(key, environment)
  }
  return environment
}

/** Compiles a part of a text of the document. Ends the command at its first fault, with the place in the file. */
function compile(
  document: StrictDocument,
  path: JsonPath,
  whole: string,
  part: { readonly text: string; readonly offset: number },
  variables: readonly string[],
): CelProgram {
  const compiled = compileCel(part.text, environmentOf(variables))
  if (compiled.ok) return compiled.program
  const [issue] = compiled.issues
  return document.failInside(
    path,
    whole,
    part.offset + (issue?.offset ?? 0),
    issue?.message ?? 'it is no expression',
  )
}

/** An expression that says whether there is a fault. */
export function compileVerdict(
  document: StrictDocument,
  path: JsonPath,
  text: string,
  variables: readonly string[],
): (bindings: Bindings) => Verdict {
  const program = compile(document, path, text, { text, offset: 0 }, variables)
  if (program.type.kind !== 'bool' && program.type.kind !== 'dyn') {
    document.failInside(path, text, 0, `it must be true or false, and is ${formatType(program.type)}`)
  }
  return (bindings) => {
    const outcome = program.evaluate(bindings, { costLimit: PER_CALL_LIMIT })
    if (!outcome.ok) return { error: outcome.error.message }
    return typeof outcome.value === 'boolean'
      ? outcome.value
      : { error: 'the result is neither true nor false' }
  }
}

/** Longest text that one placeholder puts into a message. */
const LONGEST = 200

/** A text with `{{ expression }}` in it; what cannot be evaluated is written as `?`. */
export function compileMessage(
  document: StrictDocument,
  path: JsonPath,
  text: string,
  variables: readonly string[],
): (bindings: Bindings) => string {
  const parts: ((bindings: Bindings) => string)[] = []
  let at = 0
  for (;;) {
    const start = text.indexOf('{{', at)
    const plain = text.slice(at, start < 0 ? undefined : start)
    parts.push(() => plain)
    if (start < 0) break
    const end = text.indexOf('}}', start)
    if (end < 0) return document.failInside(path, text, start, '`{{` has no `}}`')
    const program = compile(
      document,
      path,
      text,
      { text: text.slice(start + 2, end), offset: start + 2 },
      variables,
    )
    parts.push((bindings) => {
      const outcome = program.evaluate(bindings, { costLimit: PER_CALL_LIMIT })
      return outcome.ok ? inText(outcome.value).slice(0, LONGEST) : '?'
    })
    at = end + 2
  }
  return (bindings) =>
    parts
      .map((part) => part(bindings))
      .join('')
      .trim()
}

function inText(value: CelValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return (value as readonly CelValue[]).map(inText).join(', ')
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  if (value instanceof CelUint) return String(value.value)
  if (value === null) return 'null'
  return value instanceof CelMap ? `${value.size} entries` : '?'
}
