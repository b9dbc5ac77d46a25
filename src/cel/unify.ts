import { DYN, formatType, sameType, type CelType } from './types.js'

/**
 * What type parameters stand for, found while an expression is checked.
 * Source: cel-go checker/types.go, internalIsAssignable and the functions that it uses.
 */
export class Substitutions {
  private known = new Map<string, CelType>()
  private made = 0

  /** A parameter that no other type has. */
  fresh(): CelType {
    return { kind: 'parameter', name: `_var${this.made++}` }
  }

  /** Whether values of `from` may stand where `to` is wanted; what that says of parameters is kept only then. */
  assignable(from: CelType, to: CelType): boolean {
    return this.allAssignable([from], [to])
  }

  allAssignable(from: readonly CelType[], to: readonly CelType[]): boolean {
    if (from.length !== to.length) return false
    const before = new Map(this.known)
    const fits = from.every((each, index) => this.fits(each, to[index] ?? DYN))
    if (!fits) this.known = before
    return fits
  }

  /** The type with what is known of its parameters; with `free` parameters that stand for nothing become dyn. */
  resolve(type: CelType, free = false): CelType {
    switch (type.kind) {
      case 'parameter': {
        const known = this.known.get(type.name)
        if (known !== undefined) return this.resolve(known, free)
        return free ? DYN : type
      }
      case 'list':
        return { kind: 'list', element: this.resolve(type.element, free) }
      case 'map':
        return { kind: 'map', key: this.resolve(type.key, free), value: this.resolve(type.value, free) }
      case 'opaque':
        return { ...type, parameters: type.parameters.map((each) => this.resolve(each, free)) }
      case 'type':
        return type.of === undefined ? type : { kind: 'type', of: this.resolve(type.of, free) }
      default:
        return type
    }
  }

  private fits(a: CelType, b: CelType): boolean {
    if (b.kind === 'parameter') {
      const [valid, known] = this.substitutes(a, b)
      if (valid) return true
      if (known) return false
    }
    if (a.kind === 'parameter') return this.substitutes(b, a)[0]
    if (isDynamic(a) || isDynamic(b)) return true
    if (a.kind === 'null') return takesNull(b)
    if (b.kind === 'null') return takesNull(a)
    if (a.kind !== b.kind) return false
    switch (a.kind) {
      case 'list':
        return b.kind === 'list' && this.fits(a.element, b.element)
      case 'map':
        return b.kind === 'map' && this.fits(a.key, b.key) && this.fits(a.value, b.value)
      case 'opaque':
        return (
          b.kind === 'opaque' &&
          a.name === b.name &&
          a.parameters.length === b.parameters.length &&
          a.parameters.every((each, index) => this.fits(each, b.parameters[index] ?? DYN))
        )
      case 'object':
        return b.kind === 'object' && a.name === b.name
      default:
        return true
    }
  }

  /** Whether a type may stand for a parameter, and whether the parameter stood for something before. */
  private substitutes(type: CelType, parameter: Extract<CelType, { kind: 'parameter' }>): [boolean, boolean] {
    if (type.kind === 'parameter' && type.name === parameter.name) return [true, true]
    const known = this.known.get(parameter.name)
    if (known === undefined) {
      if (this.mentions(parameter.name, type)) return [false, false]
      this.known.set(parameter.name, type)
      return [true, false]
    }
    if (sameType(type, known)) return [true, true]
    if (!this.fits(type, known)) return [false, true]
    const general = lessSpecific(type, known) ? type : known
    if (!this.mentions(parameter.name, general)) this.known.set(parameter.name, general)
    return [true, true]
  }

  private mentions(name: string, type: CelType): boolean {
    switch (type.kind) {
      case 'parameter': {
        if (type.name === name) return true
        const known = this.known.get(type.name)
        return known !== undefined && this.mentions(name, known)
      }
      case 'list':
        return this.mentions(name, type.element)
      case 'map':
        return this.mentions(name, type.key) || this.mentions(name, type.value)
      case 'opaque':
        return type.parameters.some((each) => this.mentions(name, each))
      case 'type':
        return type.of !== undefined && this.mentions(name, type.of)
      default:
        return false
    }
  }
}

/** Whether nothing is known of a type before it is there. */
export function isDynamic(type: CelType): boolean {
  return type.kind === 'dyn' || type.kind === 'error'
}

function takesNull(type: CelType): boolean {
  return ['opaque', 'object', 'duration', 'timestamp', 'null'].includes(type.kind)
}

/** Whether a type says no more than another. */
export function lessSpecific(a: CelType, b: CelType): boolean {
  if (isDynamic(a) || a.kind === 'parameter') return true
  if (isDynamic(b) || b.kind === 'parameter') return false
  if (a.kind !== b.kind) return false
  switch (a.kind) {
    case 'list':
      return b.kind === 'list' && lessSpecific(a.element, b.element)
    case 'map':
      return b.kind === 'map' && lessSpecific(a.key, b.key) && lessSpecific(a.value, b.value)
    case 'opaque':
      return (
        b.kind === 'opaque' &&
        a.name === b.name &&
        a.parameters.every((each, index) => lessSpecific(each, b.parameters[index] ?? DYN))
      )
    case 'type':
      return true
    default:
      return formatType(a) === formatType(b)
  }
}
