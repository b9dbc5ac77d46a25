import { CelSyntaxError, type Comprehension, type Expr } from './ast.js'

/** Turns a call into another expression; undefined leaves the call as it is. Throws CelSyntaxError on wrong use. */
export type Macro = (target: Expr | undefined, args: readonly Expr[], offset: number) => Expr | undefined

/** Macros by name, style and number of arguments: `all:2:true`. */
export type Macros = ReadonlyMap<string, Macro>

/** The key of a macro. */
export function macroKey(name: string, args: number, receiver: boolean): string {
  return `${name}:${args}:${receiver}`
}

/** Expands a call that is a macro. */
export function expandMacro(
  macros: Macros,
  name: string,
  target: Expr | undefined,
  args: readonly Expr[],
  offset: number,
): Expr | undefined {
  return macros.get(macroKey(name, args.length, target !== undefined))?.(target, args, offset)
}

export const ACCUMULATOR = '@result'

const literal = (value: boolean | bigint, offset: number): Expr => ({ kind: 'literal', value, offset })
export const ident = (name: string, offset: number): Expr => ({ kind: 'ident', name, offset })
export const callOf = (name: string, args: readonly Expr[], offset: number): Expr => ({
  kind: 'call',
  name,
  target: undefined,
  args,
  offset,
})
const listOf = (elements: readonly Expr[], offset: number): Expr => ({
  kind: 'list',
  elements,
  optional: new Set(),
  offset,
})

/** The name of a macro's variable. */
export function variableOf(expr: Expr | undefined, what = 'argument'): string {
  if (expr?.kind !== 'ident' || expr.name.startsWith('.')) {
    throw new CelSyntaxError(`${what} must be a simple name`, expr?.offset ?? 0)
  }
  if (expr.name === ACCUMULATOR || expr.name === '__result__') {
    throw new CelSyntaxError('iteration variable overwrites accumulator variable', expr.offset)
  }
  return expr.name
}

/** A fold; what is left out is the usual. */
export function fold(
  parts: Pick<Comprehension, 'offset' | 'variable' | 'range' | 'init' | 'step'> & Partial<Comprehension>,
): Expr {
  const { offset } = parts
  return {
    kind: 'comprehension',
    second: undefined,
    accumulator: ACCUMULATOR,
    condition: literal(true, offset),
    result: ident(ACCUMULATOR, offset),
    ...parts,
  }
}

const accumulated = (offset: number): Expr => ident(ACCUMULATOR, offset)

/** all, exists and exists_one over one variable or two. Source: cel-go parser/macro.go, ext/comprehensions.go. */
export function quantifier(
  kind: 'all' | 'exists' | 'one',
  range: Expr,
  variable: string,
  second: string | undefined,
  predicate: Expr,
  offset: number,
): Expr {
  const common = { offset, variable, second, range }
  const result = accumulated(offset)
  switch (kind) {
    case 'all':
      return fold({
        ...common,
        init: literal(true, offset),
        condition: callOf('@not_strictly_false', [result], offset),
        step: callOf('_&&_', [result, predicate], offset),
      })
    case 'exists':
      return fold({
        ...common,
        init: literal(false, offset),
        condition: callOf('@not_strictly_false', [callOf('!_', [result], offset)], offset),
        step: callOf('_||_', [result, predicate], offset),
      })
    case 'one':
      return fold({
        ...common,
        init: literal(0n, offset),
        step: callOf(
          '_?_:_',
          [predicate, callOf('_+_', [result, literal(1n, offset)], offset), result],
          offset,
        ),
        result: callOf('_==_', [result, literal(1n, offset)], offset),
      })
  }
}

function has(_target: Expr | undefined, [argument]: readonly Expr[], offset: number): Expr {
  if (argument?.kind !== 'select' || argument.test)
    throw new CelSyntaxError('invalid argument to has() macro', argument?.offset ?? offset)
  return { ...argument, test: true }
}

function oneVariable(kind: 'all' | 'exists' | 'one'): Macro {
  return (target, [variable, predicate], offset) =>
    quantifier(kind, target as Expr, variableOf(variable), undefined, predicate as Expr, offset)
}

const map: Macro = (target, args, offset) => {
  const predicate = args.length === 3 ? args[1] : undefined
  const transform = args[args.length - 1] as Expr
  const added = callOf('_+_', [accumulated(offset), listOf([transform], offset)], offset)
  const step =
    predicate === undefined ? added : callOf('_?_:_', [predicate, added, accumulated(offset)], offset)
  return fold({
    offset,
    variable: variableOf(args[0]),
    range: target as Expr,
    init: listOf([], offset),
    step,
  })
}

const filter: Macro = (target, [variable, predicate], offset) => {
  const name = variableOf(variable)
  const added = callOf('_+_', [accumulated(offset), listOf([variable as Expr], offset)], offset)
  const step = callOf('_?_:_', [predicate as Expr, added, accumulated(offset)], offset)
  return fold({ offset, variable: name, range: target as Expr, init: listOf([], offset), step })
}

/** The macros of the language itself. */
export const STANDARD_MACROS: readonly (readonly [string, Macro])[] = [
  [macroKey('has', 1, false), has],
  [macroKey('all', 2, true), oneVariable('all')],
  [macroKey('exists', 2, true), oneVariable('exists')],
  [macroKey('exists_one', 2, true), oneVariable('one')],
  [macroKey('map', 2, true), map],
  [macroKey('map', 3, true), map],
  [macroKey('filter', 2, true), filter],
]
