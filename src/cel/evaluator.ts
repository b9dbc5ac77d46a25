import { CelSyntaxError, type Comprehension, type Expr } from './ast.js'
import { constantOf } from './constants.js'
import { qualifiedName, type CheckedNotes } from './checker.js'
import { baseCost, refuseAsKey, type CostMeter } from './cost.js'
import { evaluated, pathFrom, resolved, tested, withStep, type Attribute, type Step } from './attributes.js'
import { isQualifier, notOptional } from './select.js'
import { logical, optionalOr } from './lazy.js'
import { setMembership } from './set-membership.js'
import type { CelEnvironment } from './environment.js'
import type { CelFunction, CelOverload } from './functions.js'
import { matchesType } from './runtime-type.js'
import {
  CelError,
  CelMap,
  CelOptional,
  CelTypeValue,
  typeNameOf,
  type CelResult,
  type CelValue,
} from './values.js'

/** What an evaluation works on. */
export interface Frame {
  /** Values of the environment's variables. */
  readonly bindings: ReadonlyMap<string, CelValue>
  /** Values of macro variables, by the place that the compiler gave them. */
  readonly slots: (CelResult | undefined)[]
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
  /** Places of values that are computed when they are first asked for. */
  private readonly lazy = new Map<number, Evaluate>()

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
        return evaluated(this.path(expr))
      case 'select':
        return expr.test ? tested(this.path(expr)) : evaluated(this.path(expr))
      case 'call':
        return isPath(expr) ? evaluated(this.path(expr)) : this.call(expr)
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

  /** The attribute that an expression is; another expression is the base of one. */
  private path(expr: Expr): Attribute {
    if (!isPath(expr) || this.constant(expr) !== undefined) return pathFrom(this.compile(expr))
    if (expr.kind === 'ident') return pathFrom(this.variable(this.names(expr) ?? expr.name, expr.offset))
    if (expr.kind === 'select') return this.selectPath(expr)
    const { name, args, offset } = expr
    const [a, b, c] = args as [Expr, Expr, Expr]
    if (name === '_?_:_') {
      const condition = this.compile(a)
      return { kind: 'choice', condition, whenTrue: this.path(b), whenFalse: this.path(c), offset }
    }
    return withStep(this.path(a), this.step(this.key(b, offset), name !== '_[_]', offset))
  }

  private names(expr: Expr): string | undefined {
    return this.notes?.names.get(expr)
  }

  private selectPath(expr: Extract<Expr, { kind: 'select' }>): Attribute {
    const { operand, field, test, offset } = expr
    const name = this.notes === undefined ? this.uncheckedName(expr) : this.names(expr)
    if (name !== undefined) return pathFrom(this.variable(name, offset))
    return withStep(
      this.path(operand),
      this.step(() => field, false, offset),
      test,
    )
  }

  private step(key: Evaluate, optional: boolean, offset: number): Step {
    return { key, optional, strict: this.environment.strictPresence, offset }
  }

  /** What stands in brackets. An attribute there costs only its steps. Source: cel-go interpreter/planner.go, planCallIndex. */
  private key(expr: Expr, offset: number): Evaluate {
    const constant = this.constant(expr)
    if (constant !== undefined && !isQualifier(constant))
      throw new CelSyntaxError('invalid qualifier type', offset)
    return constant !== undefined ? () => constant : resolved(this.path(expr))
  }

  private variable(name: string, offset: number): Evaluate {
    const plain = name.startsWith('.') ? name.slice(1) : name
    for (let at = this.scopes.length - 1; at >= 0; at--) {
      const slot = plain === name ? this.scopes[at]?.get(plain) : undefined
      if (slot === undefined) continue
      const init = this.lazy.get(slot)
      if (init === undefined) return ({ slots }) => slots[slot] as CelResult
      return (frame) => (frame.slots[slot] ??= init(frame))
    }
    return ({ bindings }) => {
      const value = bindings.get(plain)
      return value === undefined ? new CelError(`no such attribute(s): ${plain}`, offset) : value
    }
  }

  /** The type that a name means, where it means one. */
  private typeNamed(expr: Expr): CelValue | undefined {
    const name = this.names(expr) ?? (expr.kind === 'ident' ? expr.name : undefined)
    const plain = name?.replace(/^\./, '')
    if (plain === undefined || !this.environment.typeNames.has(plain)) return undefined
    const isVariable =
      this.environment.variables.has(plain) ||
      (plain === name && this.scopes.some((scope) => scope.has(plain)))
    return isVariable ? undefined : new CelTypeValue(plain)
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
    const [a, b] = args as [Evaluate, Evaluate]
    switch (name) {
      case '_&&_':
        return logical(a, b, false)
      case '_||_':
        return logical(a, b, true)
      case '@not_strictly_false':
        return (frame) => {
          const value = a(frame)
          return frame.meter.add(1) ?? (value instanceof CelError ? true : value !== false)
        }
      case '@in': {
        const membership = this.constantMembership(expr, a)
        if (membership !== undefined) return membership
        break
      }
      case 'or':
      case 'orValue':
        if (expr.target !== undefined && args.length === 2) return optionalOr(a, b, name)
        break
      default:
    }
    return this.plainCall(expr, name, args)
  }

  private constant(expr: Expr): CelValue | undefined {
    return constantOf(
      expr,
      (name) => this.typeNamed(name),
      (call) => (call.name === '@in' ? this.neverIn(call) : this.converted(call, call.name)),
      this.environment.uniqueKeys,
    )
  }

  /** A conversion of a constant is made once; one that fails is a fault of the expression. Source: cel-go decOptimize. */
  private converted(expr: Extract<Expr, { kind: 'call' }>, name: string): CelValue | undefined {
    const [arg] = expr.args
    if (!CONVERTING.has(name) || expr.args.length !== 1 || arg === undefined) return undefined
    const value = this.constant(arg)
    const overloads = this.notes?.overloads.get(expr)
    if (value === undefined || overloads === undefined) return undefined
    const overload = overloads.find((each) => fits(each, [value]))
    const result =
      overload === undefined
        ? new CelError(`no such overload: ${name}(${typeNameOf(value)})`)
        : overload.call(value)
    if (result instanceof CelError) throw new CelSyntaxError(result.message, expr.offset)
    return result
  }

  /** The list that a call of `in` looks into, where it is written out in constants. */
  private constantList(expr: Extract<Expr, { kind: 'call' }>): readonly CelValue[] | undefined {
    const overloads = this.notes?.overloads.get(expr)
    if (expr.name !== '@in' || overloads?.length !== 1 || overloads[0]?.id !== 'in_list') return undefined
    const list = this.constant(expr.args[1] as Expr)
    return Array.isArray(list) ? (list as readonly CelValue[]) : undefined
  }

  /** Nothing is in an empty list: what is looked for is not even evaluated. Source: cel-go maybeOptimizeSetMembership. */
  private neverIn(expr: Extract<Expr, { kind: 'call' }>): CelValue | undefined {
    if (this.constantList(expr)?.length !== 0) return undefined
    // What is wrong with it as such still counts.
    this.compile(expr.args[0] as Expr)
    return false
  }

  private constantMembership(expr: Extract<Expr, { kind: 'call' }>, value: Evaluate): Evaluate | undefined {
    const list = this.constantList(expr)
    return list === undefined ? undefined : setMembership(value, list)
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
    this.validateConstants(expr, name)
    /** Both arguments of two are looked at, and such a call costs, though it fails. Source: cel-go evalUnary, evalBinary. */
    const failed = (
      frame: Frame,
      error: CelError,
      before: readonly CelValue[],
      all: readonly Evaluate[],
    ): CelResult => {
      if (all.length > 2) return error
      const rest = all.slice(before.length + 1).map((arg) => arg(frame))
      return frame.meter.add(cost([...before, error, ...rest], error)) ?? error
    }
    return (frame) => {
      const values: CelValue[] = []
      for (const arg of args) {
        const value = arg(frame)
        if (value instanceof CelError) return failed(frame, value, values, args)
        values.push(value)
      }
      const overload = overloads.length === 1 ? overloads[0] : overloads.find((each) => fits(each, values))
      const result =
        overload !== undefined && fits(overload, values)
          ? overload.call(...values)
          : new CelError('no such overload')
      return (
        frame.meter.add(cost(values, result)) ??
        (result instanceof CelError && result.offset === undefined
          ? new CelError(result.message, offset)
          : result)
      )
    }
  }

  /** What the checker sees in literals, this sees in constants that were computed. */
  private validateConstants(expr: Extract<Expr, { kind: 'call' }>, name: string): void {
    if (expr.target === undefined || this.notes === undefined) return
    const constants = [expr.target, ...expr.args].map((each) => this.constant(each))
    const fault = this.environment.validateCall?.(name, constants, undefined, true)
    if (fault !== undefined) throw new CelSyntaxError(fault, expr.offset)
  }

  private costOf(name: string, overloads: readonly CelOverload[]) {
    const id = overloads.length === 1 ? (overloads[0]?.id ?? '') : ''
    const own = this.environment.callCost
    return (values: readonly CelResult[], result: CelResult): number =>
      own?.(name, id, values, result) ?? baseCost(name, id, values)
  }

  private list(expr: Extract<Expr, { kind: 'list' }>): Evaluate {
    const elements = expr.elements.map((each) => this.compile(each))
    const { optional, offset } = expr
    return (frame) => {
      const values: CelValue[] = []
      for (const [index, each] of elements.entries()) {
        const value = each(frame)
        if (value instanceof CelError) return frame.meter.add(10) ?? value
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
    const unique = this.environment.uniqueKeys
    return (frame) => {
      const map = new CelMap()
      for (const { key, value, optional } of entries) {
        const name = key(frame)
        if (name instanceof CelError) return frame.meter.add(30) ?? name
        const given = value(frame)
        if (given instanceof CelError) return frame.meter.add(30) ?? given
        let held: CelValue | undefined = given
        if (optional) {
          if (!(given instanceof CelOptional)) return notOptional(given, offset)
          held = given.value
        }
        if (held === undefined) {
          map.remove(name)
          continue
        }
        if (unique && map.has(name)) return new CelError('Failed with repeated key', offset)
        refuseAsKey(name)
        map.put(name, held)
      }
      return frame.meter.add(30) ?? map
    }
  }

  /** Objects can be written, but none can be made. */
  private object(expr: Extract<Expr, { kind: 'object' }>): Evaluate {
    const fields = expr.fields.map(({ value }) => this.compile(value))
    const { name, offset } = expr
    return (frame) => {
      for (const field of fields) {
        const value = field(frame)
        if (value instanceof CelError) return value
      }
      return frame.meter.add(40) ?? new CelError(`unknown type '${name}'`, offset)
    }
  }

  /** A name for a value, which is computed when it is first asked for. Source: cel-go interpreter, evalFold. */
  private binding(expr: Comprehension): Evaluate {
    const init = this.compile(expr.init)
    const slot = this.slots++
    this.lazy.set(slot, init)
    this.scopes.push(new Map([[expr.accumulator, slot]]))
    const result = this.compile(expr.result)
    this.scopes.pop()
    return (frame) => {
      frame.slots[slot] = undefined
      return result(frame)
    }
  }

  private comprehension(expr: Comprehension): Evaluate {
    if (expr.range.kind === 'list' && expr.range.elements.length === 0 && expr.condition.kind === 'literal')
      return expr.condition.value === false ? this.binding(expr) : this.fold(expr)
    return this.fold(expr)
  }

  private fold(expr: Comprehension): Evaluate {
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

/** Whether an expression is a path or a choice between two, whose steps are taken as one. */
function isPath(expr: Expr): expr is Extract<Expr, { kind: 'ident' | 'select' | 'call' }> {
  if (expr.kind === 'ident' || expr.kind === 'select') return true
  return expr.kind === 'call' && PATH_CALLS.has(expr.name)
}

const PATH_CALLS = new Set(['_[_]', '_[?_]', '_?._', '_?_:_'])

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
