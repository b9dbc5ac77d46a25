import type { Expr } from './ast.js'
import { CelMap, type CelValue } from './values.js'

/**
 * The value of an expression that is made of literals alone: such lists and maps are made once and cost nothing.
 * Source: cel-go interpreter/decorators.go, decOptimize.
 */
export function constantOf(
  expr: Expr,
  named: (expr: Expr) => CelValue | undefined,
  converted: (call: Extract<Expr, { kind: 'call' }>) => CelValue | undefined,
  uniqueKeys: boolean,
): CelValue | undefined {
  const inner = (each: Expr): CelValue | undefined => constantOf(each, named, converted, uniqueKeys)
  switch (expr.kind) {
    case 'literal':
      return expr.value
    case 'ident':
      return named(expr)
    case 'select':
      return expr.test ? undefined : named(expr)
    case 'list': {
      if (expr.optional.size > 0) return undefined
      const values = expr.elements.map(inner)
      return values.some((value) => value === undefined) ? undefined : (values as CelValue[])
    }
    case 'map': {
      const map = new CelMap()
      for (const { key, value, optional } of expr.entries) {
        const [name, held] = [inner(key), inner(value)]
        if (optional || name === undefined || held === undefined) return undefined
        if (uniqueKeys && map.has(name)) return undefined
        map.put(name, held)
      }
      return map
    }
    case 'call':
      return expr.target === undefined ? converted(expr) : undefined
    default:
      return undefined
  }
}
