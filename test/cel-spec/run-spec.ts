import { getConformanceSuite } from '@bufbuild/cel-spec/testdata/tests.js'
import {
  compileCel,
  equal,
  formatType,
  mergeFunctions,
  mergeMacros,
  kubernetesEnvironment,
  specLibraries,
  type CelEnvironment,
  type CelType,
  type CelValue,
} from '../../src/cel/index.js'
import { celTypeOf, celValueOf, NotSupported } from './spec-value.js'

/** How one case of the suite went: undefined when as it should. */
export interface SpecResult {
  readonly name: string
  readonly miss: string | undefined
}

type Suite = ReturnType<typeof getConformanceSuite>
type Test = Suite['tests'][number]

/** Runs every case of the language's own conformance suite. A name that the suite gives twice gets a number. */
export function runSpec(): SpecResult[] {
  const seen = new Map<string, number>()
  return casesOf(getConformanceSuite(), '').map(({ name, test }) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return { name: times === 1 ? name : `${name} (${times})`, miss: missOf(test) }
  })
}

function casesOf(suite: Suite, prefix: string): { name: string; test: Test }[] {
  const path = prefix === '' ? suite.name : `${prefix}/${suite.name}`
  return [
    ...suite.tests.map((test) => ({ name: `${path}/${test.name}`, test })),
    ...suite.suites.flatMap((inner) => casesOf(inner, path)),
  ]
}

function missOf({ original }: Test): string | undefined {
  try {
    return differenceOf(original)
  } catch (error) {
    if (error instanceof NotSupported) return `not supported: ${error.message}`
    throw error
  }
}

function differenceOf(original: Test['original']): string | undefined {
  const variables = new Map<string, CelType>()
  for (const { name, declKind } of original.typeEnv) {
    if (declKind.case === 'ident' && declKind.value.type !== undefined)
      variables.set(name, celTypeOf(declKind.value.type))
    else if (declKind.case === 'function') throw new NotSupported('declared functions')
  }
  const bindings: Record<string, CelValue> = {}
  for (const [name, { kind }] of Object.entries(original.bindings)) {
    if (kind.case !== 'value') throw new NotSupported('bindings that are no values')
    bindings[name] = celValueOf(kind.value)
    if (!variables.has(name)) variables.set(name, { kind: 'dyn' })
  }
  const environment: CelEnvironment = {
    ...specEnvironment(),
    variables,
    ...(original.disableMacros ? { macros: new Map() } : {}),
  }
  const compiled = compileCel(original.expr, environment, { unchecked: original.disableCheck })
  const wanted = original.resultMatcher
  if (!compiled.ok) {
    // An error that was wanted is none of ours when the expression is about messages.
    const message = compiled.issues
      .map((issue) => MESSAGES.exec(issue.message)?.[1])
      .find((name) => name !== undefined)
    if (message !== undefined) throw new NotSupported(`messages and enumerations (${message})`)
    const failed = wanted.case === 'evalError' || wanted.case === 'anyEvalErrors'
    return failed ? undefined : `does not compile: ${compiled.issues[0]?.message ?? ''}`
  }
  if (wanted.case === 'typedResult' && wanted.value.deducedType !== undefined) {
    const type = formatType(celTypeOf(wanted.value.deducedType))
    const own = formatType(compiled.program.type)
    if (type !== own && !original.disableCheck) return `the type is ${own}, not ${type}`
  }
  if (original.checkOnly) return undefined
  const outcome = compiled.program.evaluate(bindings)
  if (!outcome.ok && outcome.error.message.startsWith('unknown type'))
    throw new NotSupported('messages and enumerations')
  if (wanted.case === 'evalError' || wanted.case === 'anyEvalErrors')
    return outcome.ok ? 'no error' : undefined
  const expected =
    wanted.case === 'value' ? wanted.value : wanted.case === 'typedResult' ? wanted.value.result : undefined
  const value = expected === undefined ? true : celValueOf(expected)
  if (!outcome.ok) return `error: ${outcome.error.message}`
  return sameValue(outcome.value, value) ? undefined : `another value`
}

const MESSAGES =
  /undeclared reference to '([^']*(?:TestAllTypes|NestedTest|TestRequired|GlobalEnum|google\.protobuf|Int32Value|Int64Value|FloatValue|NullValue)[^']*)'/

/** Equal, of the same type; NaN is itself here. */
function sameValue(a: CelValue, b: CelValue): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Object.is(a, b) || a === b
  return typeof a === typeof b && equal(a, b)
}

let made: CelEnvironment | undefined

/** The language with every library that the suite has cases for. */
function specEnvironment(): CelEnvironment {
  if (made !== undefined) return made
  const base = kubernetesEnvironment({})
  const { functions, macros, typeNames } = specLibraries()
  made = {
    ...base,
    functions: mergeFunctions([...base.functions.values()], functions),
    macros: mergeMacros([...base.macros], macros),
    typeNames: new Set([...base.typeNames, ...typeNames]),
    homogeneous: false,
    uniqueKeys: true,
    strictPresence: true,
    escapedFields: true,
  }
  return made
}
