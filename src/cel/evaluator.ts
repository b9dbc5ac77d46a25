import { CelSyntaxError, type Comprehension, type Expr } from './ast.js'
import { constantOf } from './constants.js'
import { qualifiedName, type CheckedNotes } from './checker.js'
import { baseCost, type CostMeter } from './cost.js'
import { hasField, indexOf, isAttribute, isQualifier, notOptional, selectField } from './select.js'
import { conditional, logical, optionalOr, optionalSelect } from './lazy.js'
import type { CelEnvironment } from './environment.js'
import type { CelFunction, CelOverload } from './functions.js'
import { matchesType } from './runtime-type.js'
import { CelError, CelMap, CelOptional, CelTypeValue, type CelResult, type CelValue } from './values.js'

/** What an evaluation works on. */
export interface Frame {
  /** Values of the environment's variables. */
  readonly bindings: ReadonlyMap<string, CelValue>
  /** Values of macro variables, by the place that the compiler gave them. */
  readonly slots: CelResult[]
  readonly meter: CostMeter
}

/** A compiled expression. */
export type Evaluate = (frame: Frame) => CelResult

/** Compiles a checked expression to functions; unchecked (`notes` undefined) every overload is tried. */
export function compileExpr(expr: Expr, environment: CelEnvironment, notes?: CheckedNotes): Evaluate {
  return new Compiler(environment, notes).compile(expr)
}

class Compiler {
  private readonly scopes: Map<string, number>[] = []
  private slots = 0

  constructor(
    private readonly environment: CelEnvironment,
    private readonly notes: CheckedNotes | undefined,
  ) {}

  compile(expr: Expr): Evaluate {
    const constant = this.constant(expr)
    if (constant !== undefined) return () => constant
    switch (expr.kind) {
      case 'literal': {
        const { value } = expr
        return () => value
      }
      case 'ident':
        return this.variable(this.notes?.names.get(expr) ?? expr.name, expr.offset)
      case 'select':
        return this.select(expr)
      case 'call':
        return this.call(expr)
      case 'list':
        return this.list(expr)
      case 'map':
        return this.map(expr)
      case 'object':
        return this.object(expr)
      case 'comprehension':
        return this.comprehension(expr)
    }
  }

  private variable(name: string, offset: number): Evaluate {
    const plain = name.startsWith('.') ? name.slice(1) : name
    for (let at = this.scopes.length - 1; at >= 0; at--) {
      const slot = plain === name ? this.scopes[at]?.get(plain) : undefined
      if (slot !== undefined) return ({ slots, meter }) => meter.add(1) ?? (slots[slot] as CelResult)
    }
    if (!this.environment.variables.has(plain) && this.environment.typeNames.has(plain)) {
      const value = new CelTypeValue(plain)
      return () => value
    }
    return ({ bindings, meter }) => {
      const value = bindings.get(plain)
      if (value === undefined) return new CelError(`no such attribute(s): ${plain}`, offset)
      return meter.add(1) ?? value
    }
  }

  private select(expr: Extract<Expr, { kind: 'select' }>): Evaluate {
    const name = this.notes === undefined ? this.uncheckedName(expr) : this.notes.names.get(expr)
    if (name !== undefined) return this.variable(name, expr.offset)
    const operand = this.compile(expr.operand)
    const { field, test, offset } = expr
    const extra = isAttribute(expr.operand) ? 0 : 1
    return (frame) => {
      const value = operand(frame)
      if (value instanceof CelError) return value
      return (
        frame.meter.add((test ? 0 : 1) + extra) ??
        (test ? hasField(value, field, offset) : selectField(value, field, offset))
      )
    }
  }

  private uncheckedName(expr: Expr): string | undefined {
    const name = qualifiedName(expr)
    return name !== undefined && this.environment.variables.has(name) ? name : undefined
  }

  private call(expr: Extract<Expr, { kind: 'call' }>): Evaluate {
    const name = this.notes?.names.get(expr) ?? expr.name.replace(/^\./, '')
    const isNamespaced = this.notes?.names.has(expr) ?? false
    const all = expr.target === undefined || isNamespaced ? expr.args : [expr.target, ...expr.args]
    const args = all.map((arg) => this.compile(arg))
    const [a, b, c] = args as [Evaluate, Evaluate, Evaluate]
    switch (name) {
      case '_&&_':
        return logical(a, b, false)
      case '_||_':
        return logical(a, b, true)
      case '_?_:_':
        return conditional(a, b, c, expr.offset)
      case '@not_strictly_false':
        return (frame) => {
          const value = a(frame)
          return frame.meter.add(1) ?? (value instanceof CelError ? true : value !== false)
        }
      case '_[_]':
      case '_[?_]':
        return this.index(a, b, name === '_[?_]', [all[0] as Expr, all[1] as Expr], expr.offset)
      case '_?._':
        return optionalSelect(a, b, isAttribute(all[0] as Expr) ? 0 : 1, expr.offset)
      case 'or':
      case 'orValue':
        if (expr.target !== undefined && args.length === 2) return optionalOr(a, b, name, expr.offset)
        break
      default:
    }
    return this.plainCall(expr, name, args)
  }

  private constant(expr: Expr): CelValue | undefined {
    return constantOf(expr, (call) => this.converted(call, call.name))
  }

  /** A conversion of a constant is made once; one that fails is a fault of the expression. Source: cel-go decOptimize. */
  private converted(expr: Extract<Expr, { kind: 'call' }>, name: string): CelValue | undefined {
    const [arg] = expr.args
    if (!CONVERTING.has(name) || expr.args.length !== 1 || arg === undefined) return undefined
    const value = this.constant(arg)
    const overload =
      value === undefined ? undefined : this.notes?.overloads.get(expr)?.find((each) => fits(each, [value]))
    if (value === undefined || overload === undefined) return undefined
    const result = overload.call(value)
    if (result instanceof CelError) throw new CelSyntaxError(result.message, expr.offset)
    return result
  }

  private plainCall(
    expr: Extract<Expr, { kind: 'call' }>,
    name: string,
    args: readonly Evaluate[],
  ): Evaluate {
    const found: CelFunction | undefined = this.environment.functions.get(name)
    const receiver = expr.target !== undefined && !(this.notes?.names.has(expr) ?? false)
    const overloads =
      this.notes?.overloads.get(expr) ??
      (found?.overloads ?? []).filter(
        (each) => each.receiver === receiver && each.parameters.length === args.length,
      )
    const cost = this.costOf(name, overloads)
    const { offset } = expr
    return (frame) => {
      const values: CelValue[] = []
      for (const arg of args) {
        const value = arg(frame)
        if (value instanceof CelError) return value
        values.push(value)
      }
      const overload = overloads.length === 1 ? overloads[0] : overloads.find((each) => fits(each, values))
      if (overload === undefined || !fits(overload, values)) return new CelError('no such overload', offset)
      const result = overload.call(...values)
      return (
        frame.meter.add(cost(values, result)) ??
        (result instanceof CelError && result.offset === undefined
          ? new CelError(result.message, offset)
          : result)
      )
    }
  }

  private costOf(name: string, overloads: readonly CelOverload[]) {
    const id = overloads.length === 1 ? (overloads[0]?.id ?? '') : ''
    const own = this.environment.callCost
    return (values: readonly CelValue[], result: CelResult): number =>
      own?.(name, id, values, result) ?? baseCost(name, id, values)
  }

  private index(
    operand: Evaluate,
    key: Evaluate,
    optional: boolean,
    [from, keyExpr]: readonly [Expr, Expr],
    offset: number,
  ): Evaluate {
    const extra = isAttribute(from) ? 0 : 1
    const constantKey = this.constant(keyExpr)
    if (constantKey !== undefined && !isQualifier(constantKey)) {
      throw new CelSyntaxError('invalid qualifier type', offset)
    }
    return (frame) => {
      const value = operand(frame)
      if (value instanceof CelError) return value
      const at = key(frame)
      if (at instanceof CelError) return at
      const found = indexOf(value, at, optional, offset)
      // A step that finds nothing is none.
      return frame.meter.add((found === CelOptional.none ? 0 : 1) + extra) ?? found
    }
  }

  private list(expr: Extract<Expr, { kind: 'list' }>): Evaluate {
    const elements = expr.elements.map((each) => this.compile(each))
    const { optional, offset } = expr
    return (frame) => {
      const values: CelValue[] = []
      for (const [index, each] of elements.entries()) {
        const value = each(frame)
        if (value instanceof CelError) return value
        if (!optional.has(index)) values.push(value)
        else if (!(value instanceof CelOptional)) return notOptional(value, offset)
        else if (value.value !== undefined) values.push(value.value)
      }
      return frame.meter.add(10) ?? values
    }
  }

  private map(expr: Extract<Expr, { kind: 'map' }>): Evaluate {
    const entries = expr.entries.map(({ key, value, optional }) => ({
      key: this.compile(key),
      value: this.compile(value),
      optional,
    }))
    const { offset } = expr
    return (frame) => {
      const map = new CelMap()
      for (const { key, value, optional } of entries) {
        const name = key(frame)
        if (name instanceof CelError) return name
        const given = value(frame)
        if (given instanceof CelError) return given
        let held: CelValue | undefined = given
        if (optional) {
          if (!(given instanceof CelOptional)) return notOptional(given, offset)
          held = given.value
        }
        if (held === undefined) continue
        if (!map.add(name, held)) return new CelError('Failed with repeated key', offset)
      }
      return frame.meter.add(30) ?? map
    }
  }

  private object(expr: Extract<Expr, { kind: 'object' }>): Evaluate {
    const fields = expr.fields.map(({ name, value, optional }) => ({
      name,
      value: this.compile(value),
      optional,
    }))
    return (frame) => {
      const pairs: [CelValue, CelValue][] = []
      for (const { name, value, optional } of fields) {
        const given = value(frame)
        if (given instanceof CelError) return given
        const held = optional && given instanceof CelOptional ? given.value : given
        if (held !== undefined) pairs.push([name, held])
      }
      return frame.meter.add(40) ?? new CelMap(pairs)
    }
  }

  private comprehension(expr: Comprehension): Evaluate {
    const range = this.compile(expr.range)
    const init = this.compile(expr.init)
    const accumulator = this.slots++
    const first = this.slots++
    const second = this.slots++
    this.scopes.push(new Map([[expr.accumulator, accumulator]]))
    const names = new Map([[expr.variable, first]])
    if (expr.second !== undefined) names.set(expr.second, second)
    this.scopes.push(names)
    const condition = this.compile(expr.condition)
    const step = this.compile(expr.step)
    this.scopes.pop()
    const result = this.compile(expr.result)
    this.scopes.pop()
    const pairs = expr.second !== undefined
    const { offset } = expr
    return (frame) => {
      const over = range(frame)
      if (over instanceof CelError) return over
      const items = itemsOf(over, pairs)
      if (items === undefined) return new CelError('got a value that can not be iterated over', offset)
      const { slots } = frame
      // An error in the accumulator goes on: a later element may decide without it.
      slots[accumulator] = init(frame)
      for (const [one, two] of items) {
        slots[first] = one
        slots[second] = two
        if (condition(frame) === false) break
        slots[accumulator] = step(frame)
      }
      return result(frame)
    }
  }
}

const CONVERTING = new Set([
  'type',
  'bool',
  'bytes',
  'double',
  'duration',
  'dyn',
  'int',
  'string',
  'timestamp',
  'uint',
])

function fits({ parameters }: CelOverload, values: readonly CelValue[]): boolean {
  return (
    parameters.length === values.length &&
    parameters.every((parameter, index) => matchesType(values[index] as CelValue, parameter))
  )
}

/** Elements of a list (with their indexes) or keys of a map (with their values). */
function itemsOf(value: CelValue, pairs: boolean): Iterable<readonly [CelValue, CelValue]> | undefined {
  if (Array.isArray(value)) {
    const list = value as readonly CelValue[]
    return list.map((each, index) => (pairs ? ([BigInt(index), each] as const) : ([each, null] as const)))
  }
  return value instanceof CelMap ? value.pairs() : undefined
}
