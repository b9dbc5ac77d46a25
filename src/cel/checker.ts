import type { CelIssue, Comprehension, Expr } from './ast.js'
import type { CelEnvironment } from './environment.js'
import type { CelOverload } from './functions.js'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DYN,
  ERROR,
  formatType,
  heldBy,
  INT,
  NULL,
  optionalOf,
  sameType,
  STRING,
  typeNamed,
  typeOf,
  UINT,
  type CelType,
} from './types.js'
import { isDynamic, lessSpecific, Substitutions } from './unify.js'
import { CelUint, type CelValue } from './values.js'

/** What checking found out of each node, for the evaluator. */
export interface CheckedNotes {
  /** Overloads that may be meant by a call. */
  readonly overloads: ReadonlyMap<Expr, readonly CelOverload[]>
  /** Selections and calls that are names: the variable, type or function that they mean. */
  readonly names: ReadonlyMap<Expr, string>
  readonly type: CelType
}

/** Checks the types of an expression. Source: cel-go checker/checker.go. */
export function check(
  expr: Expr,
  environment: CelEnvironment,
): { readonly issues: readonly CelIssue[]; readonly notes: CheckedNotes } {
  const checker = new Checker(environment)
  const type = checker.resolve(checker.check(expr), true)
  checker.checkLiterals()
  checker.checkNames()
  return { issues: checker.issues, notes: { overloads: checker.overloads, names: checker.names, type } }
}

class Checker {
  readonly issues: CelIssue[] = []
  readonly overloads = new Map<Expr, readonly CelOverload[]>()
  readonly names = new Map<Expr, string>()
  private readonly substitutions = new Substitutions()
  private exempt = 0
  private readonly types = new Map<Expr, CelType>()
  private readonly named: { readonly name: string; readonly type: CelType; readonly offset: number }[] = []
  private readonly scopes: Map<string, CelType>[] = []
  /** Members of lists and maps that are written out, for the last look. */
  private readonly literals: { readonly types: readonly CelType[]; readonly offsets: readonly number[] }[] =
    []

  constructor(private readonly environment: CelEnvironment) {}

  resolve(type: CelType, free = false): CelType {
    return this.substitutions.resolve(type, free)
  }

  /**
   * Once all types are known, members of a list or map must be of one type, dyn being a type of its own.
   * Source: cel-go cel/validator.go, homogeneousAggregateLiteralValidator.
   */
  checkLiterals(): void {
    if (!this.environment.homogeneous || this.issues.length > 0) return
    for (const { types, offsets } of this.literals) {
      const [first, ...rest] = types.map((type) => this.resolve(type, true))
      rest.forEach((type, index) => {
        if (first === undefined || sameType(first, type)) return
        this.fail(
          offsets[index + 1] ?? 0,
          `expected type '${formatType(first)}' but found '${formatType(type)}'`,
        )
      })
    }
  }

  /** A variable that holds a type is taken for the name of one. Source: cel-go interpreter/planner.go, planCheckedIdent. */
  checkNames(): void {
    if (!this.environment.homogeneous || this.issues.length > 0) return
    for (const { name, type, offset } of this.named) {
      if (this.resolve(type).kind !== 'type' || this.environment.typeNames.has(name)) continue
      this.fail(offset, `reference to undefined type: ${name}`)
    }
  }

  private fail(offset: number, message: string): CelType {
    this.issues.push({ message, offset })
    return ERROR
  }

  /** The type that was found for a node. */
  private typeOf(expr: Expr): CelType {
    return this.types.get(expr) ?? ERROR
  }

  check(expr: Expr): CelType {
    const type = this.find(expr)
    this.types.set(expr, type)
    return type
  }

  private find(expr: Expr): CelType {
    switch (expr.kind) {
      case 'literal':
        return literalType(expr.value)
      case 'ident':
        return this.checkIdent(expr)
      case 'select':
        return this.checkSelect(expr)
      case 'call':
        return this.checkCall(expr)
      case 'list':
        return this.checkList(expr)
      case 'map':
        return this.checkMap(expr)
      case 'object':
        return this.checkObject(expr)
      case 'comprehension':
        return this.checkComprehension(expr)
    }
  }

  /** A variable of a macro, of the environment, or a type as a value. */
  private lookup(name: string): { name: string; type: CelType } | undefined {
    const plain = name.startsWith('.') ? name.slice(1) : name
    if (plain === name) {
      for (let at = this.scopes.length - 1; at >= 0; at--) {
        const type = this.scopes[at]?.get(plain)
        if (type !== undefined) return { name: plain, type }
      }
    }
    const variable = this.environment.variables.get(plain)
    if (variable !== undefined) return { name: plain, type: variable }
    return this.environment.typeNames.has(plain) ? { name: plain, type: typeOf(typeNamed(plain)) } : undefined
  }

  private checkIdent(expr: Extract<Expr, { kind: 'ident' }>): CelType {
    const found = this.lookup(expr.name)
    if (found === undefined) {
      return this.fail(
        expr.offset,
        `undeclared reference to '${expr.name.replace(/^\./, '')}' (in container '')`,
      )
    }
    this.names.set(expr, found.name)
    this.named.push({ offset: expr.offset, ...found })
    return found.type
  }

  private checkSelect(expr: Extract<Expr, { kind: 'select' }>): CelType {
    const name = expr.test ? undefined : qualifiedName(expr)
    const found = name === undefined ? undefined : this.lookup(name)
    if (found !== undefined) {
      this.names.set(expr, found.name)
      this.named.push({ offset: expr.offset, ...found })
      return found.type
    }
    const type = this.selectField(expr.operand, expr.field, expr.offset, false)
    return expr.test ? BOOL : this.resolve(type)
  }

  private selectField(operand: Expr, field: string, offset: number, optional: boolean): CelType {
    const given = this.resolve(this.check(operand))
    const held = heldBy(given)
    const type = this.fieldType(held ?? given, field, offset)
    return held !== undefined || optional ? optionalOf(type) : type
  }

  private fieldType(type: CelType, field: string, offset: number): CelType {
    switch (type.kind) {
      case 'map':
        return type.value
      case 'object':
        return type.fields.get(field) ?? this.fail(offset, `undefined field '${field}'`)
      case 'parameter':
        this.substitutions.assignable(DYN, type)
        return DYN
      default:
        if (!isDynamic(type)) this.fail(offset, `type '${formatType(type)}' does not support field selection`)
        return DYN
    }
  }

  /** What is formatted may be of many types, at any depth. Source: cel-go ext/formatting.go, Configure. */
  private checkCall(expr: Extract<Expr, { kind: 'call' }>): CelType {
    if (expr.name !== 'format') return this.checkPlainCall(expr)
    this.exempt++
    const type = this.checkPlainCall(expr)
    this.exempt--
    return type
  }

  private checkPlainCall(expr: Extract<Expr, { kind: 'call' }>): CelType {
    const { name, target, args, offset } = expr
    if (name === '_?._') {
      const [operand, field] = args
      if (operand === undefined || field?.kind !== 'literal')
        return this.fail(offset, 'unsupported optional field selection')
      return this.resolve(this.selectField(operand, String(field.value), offset, true))
    }
    const types = args.map((arg) => this.check(arg))
    if (target === undefined) return this.checkFunction(expr, name.replace(/^\./, ''), false, types)
    const prefix = qualifiedName(target)
    const namespaced = prefix === undefined ? undefined : `${prefix.replace(/^\./, '')}.${name}`
    if (namespaced !== undefined && this.environment.functions.has(namespaced)) {
      this.names.set(expr, namespaced)
      return this.checkFunction(expr, namespaced, false, types)
    }
    return this.checkFunction(expr, name, true, [this.check(target), ...types])
  }

  private checkFunction(
    expr: Extract<Expr, { kind: 'call' }>,
    name: string,
    receiver: boolean,
    types: readonly CelType[],
  ): CelType {
    const found = this.environment.functions.get(name)
    if (found === undefined) {
      return this.fail(expr.offset, `undeclared reference to '${name}' (in container '')`)
    }
    if (name === '_&&_' || name === '_||_') {
      for (const [index, type] of types.entries()) {
        if (this.substitutions.assignable(type, BOOL)) continue
        const at = expr.args[index]?.offset ?? expr.offset
        return this.fail(at, `expected type 'bool' but found '${formatType(this.resolve(type, true))}'`)
      }
      return BOOL
    }
    const chosen: CelOverload[] = []
    let result: CelType | undefined
    for (const overload of found.overloads) {
      if (overload.receiver !== receiver) continue
      const { parameters, result: given } = this.instantiate(overload)
      if (!this.substitutions.allAssignable(types, parameters)) continue
      chosen.push(overload)
      const own = this.resolve(given)
      if (result === undefined) result = own
      else if (!isDynamic(result) && formatType(own) !== formatType(result)) result = DYN
    }
    if (result === undefined) {
      const shown = types.map((type) => formatType(this.resolve(type, true)))
      const applied = receiver ? `${shown[0] ?? ''}.(${shown.slice(1).join(', ')})` : `(${shown.join(', ')})`
      return this.fail(expr.offset, `found no matching overload for '${name}' applied to '${applied}'`)
    }
    this.overloads.set(expr, chosen)
    this.validateLiterals(expr, name)
    return result
  }

  private validateLiterals(expr: Extract<Expr, { kind: 'call' }>, name: string): void {
    const literals = [...(expr.target === undefined ? [] : [expr.target]), ...expr.args].map((arg) =>
      arg.kind === 'literal' ? arg.value : undefined,
    )
    const shape =
      expr.args[0]?.kind === 'list'
        ? expr.args[0].elements.map((each) => this.resolve(this.typeOf(each), true))
        : undefined
    const fault = this.environment.validateCall?.(name, literals, shape, expr.target !== undefined)
    if (fault !== undefined) this.fail(expr.offset, fault)
  }

  /** An overload with parameters of its own for each use. */
  private instantiate({ parameters, result }: CelOverload): {
    parameters: readonly CelType[]
    result: CelType
  } {
    const fresh = new Map<string, CelType>()
    const replace = (type: CelType): CelType => {
      switch (type.kind) {
        case 'parameter': {
          let own = fresh.get(type.name)
          if (own === undefined) fresh.set(type.name, (own = this.substitutions.fresh()))
          return own
        }
        case 'list':
          return { kind: 'list', element: replace(type.element) }
        case 'map':
          return { kind: 'map', key: replace(type.key), value: replace(type.value) }
        case 'opaque':
          return { ...type, parameters: type.parameters.map(replace) }
        case 'type':
          return type.of === undefined ? type : { kind: 'type', of: replace(type.of) }
        default:
          return type
      }
    }
    return { parameters: parameters.map(replace), result: replace(result) }
  }

  private checkList(expr: Extract<Expr, { kind: 'list' }>): CelType {
    let element: CelType | undefined
    const members: CelType[] = []
    for (const [index, each] of expr.elements.entries()) {
      const type = this.memberType(each, this.check(each), expr.optional.has(index))
      element = this.join(element, type)
      members.push(type)
    }
    if (this.exempt === 0)
      this.literals.push({ types: members, offsets: expr.elements.map(({ offset }) => offset) })
    return { kind: 'list', element: element ?? this.substitutions.fresh() }
  }

  /** An optional member must be an optional; what it holds is the member. */
  private memberType(expr: Expr, type: CelType, optional: boolean): CelType {
    if (!optional) return type
    const resolved = this.resolve(type)
    const held = heldBy(resolved)
    if (held === undefined && !isDynamic(resolved)) {
      this.fail(
        expr.offset,
        `expected type '${formatType(optionalOf(resolved))}' but found '${formatType(resolved)}'`,
      )
    }
    return held ?? resolved
  }

  private checkMap(expr: Extract<Expr, { kind: 'map' }>): CelType {
    let key: CelType | undefined
    let value: CelType | undefined
    const [keys, values]: [CelType[], CelType[]] = [[], []]
    for (const entry of expr.entries) {
      const own = this.check(entry.key)
      key = this.join(key, own)
      const type = this.memberType(entry.value, this.check(entry.value), entry.optional)
      value = this.join(value, type)
      keys.push(own)
      values.push(type)
    }
    const offsets = expr.entries.map((entry) => entry.value.offset)
    if (this.exempt === 0) this.literals.push({ types: keys, offsets }, { types: values, offsets })
    return { kind: 'map', key: key ?? this.substitutions.fresh(), value: value ?? this.substitutions.fresh() }
  }

  private join(before: CelType | undefined, type: CelType): CelType {
    if (before === undefined) return type
    if (this.substitutions.assignable(before, type)) return lessSpecific(before, type) ? before : type
    return DYN
  }

  private checkObject(expr: Extract<Expr, { kind: 'object' }>): CelType {
    const type = this.environment.objects.get(expr.name.replace(/^\./, ''))
    for (const field of expr.fields) {
      const given = this.memberType(field.value, this.check(field.value), field.optional)
      const wanted = type?.fields.get(field.name)
      if (type !== undefined && wanted === undefined)
        this.fail(field.offset, `undefined field '${field.name}'`)
      else if (wanted !== undefined && !this.substitutions.assignable(given, wanted)) {
        this.fail(
          field.offset,
          `expected type of field '${field.name}' is '${formatType(wanted)}' but provided type is '${formatType(this.resolve(given, true))}'`,
        )
      }
    }
    return type ?? this.fail(expr.offset, `undeclared reference to '${expr.name}' (in container '')`)
  }

  private checkComprehension(expr: Comprehension): CelType {
    const range = this.resolve(this.check(expr.range))
    const accumulator = this.check(expr.init)
    const [first, second] = this.rangeTypes(range, expr)
    this.scopes.push(new Map([[expr.accumulator, accumulator]]))
    const inner = new Map([[expr.variable, first]])
    if (expr.second !== undefined) inner.set(expr.second, second)
    this.scopes.push(inner)
    this.mustBe(this.check(expr.condition), BOOL, expr.condition.offset)
    this.mustBe(this.check(expr.step), accumulator, expr.step.offset)
    this.scopes.pop()
    const result = this.check(expr.result)
    this.scopes.pop()
    return this.resolve(result)
  }

  private mustBe(given: CelType, wanted: CelType, offset: number): void {
    if (this.substitutions.assignable(given, wanted)) return
    const [want, found] = [wanted, given].map((each) => formatType(this.resolve(each, true)))
    this.fail(offset, `expected type '${want ?? ''}' but found '${found ?? ''}'`)
  }

  private rangeTypes(range: CelType, expr: Comprehension): readonly [CelType, CelType] {
    switch (range.kind) {
      case 'list':
        return expr.second === undefined ? [range.element, DYN] : [INT, range.element]
      case 'map':
        return [range.key, range.value]
      case 'parameter':
        this.substitutions.assignable(DYN, range)
        return [DYN, DYN]
      default:
        if (!isDynamic(range)) {
          this.fail(
            expr.range.offset,
            `expression of type '${formatType(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
          )
        }
        return [isDynamic(range) ? DYN : ERROR, isDynamic(range) ? DYN : ERROR]
    }
  }
}

/** `a.b.c` where nothing else stands in it. */
export function qualifiedName(expr: Expr): string | undefined {
  if (expr.kind === 'ident') return expr.name
  if (expr.kind !== 'select' || expr.test) return undefined
  const prefix = qualifiedName(expr.operand)
  return prefix === undefined ? undefined : `${prefix}.${expr.field}`
}

function literalType(value: CelValue): CelType {
  switch (typeof value) {
    case 'boolean':
      return BOOL
    case 'bigint':
      return INT
    case 'number':
      return DOUBLE
    case 'string':
      return STRING
    default:
      if (value === null) return NULL
      return value instanceof CelUint ? UINT : BYTES
  }
}
