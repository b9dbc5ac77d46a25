import type { CelValue } from './values.js'

/** An expression. `offset` is where it stands in the text, in UTF-16 units. */
export type Expr = { readonly offset: number } & (
  | { readonly kind: 'literal'; readonly value: CelValue }
  | { readonly kind: 'ident'; readonly name: string }
  | {
      readonly kind: 'select'
      readonly operand: Expr
      readonly field: string
      /** `has(a.b)`: only whether it is there. */
      readonly test: boolean
    }
  | {
      readonly kind: 'call'
      readonly name: string
      readonly target: Expr | undefined
      readonly args: readonly Expr[]
    }
  | { readonly kind: 'list'; readonly elements: readonly Expr[]; readonly optional: ReadonlySet<number> }
  | { readonly kind: 'map'; readonly entries: readonly MapEntry[] }
  | { readonly kind: 'object'; readonly name: string; readonly fields: readonly FieldEntry[] }
  | Comprehension
)

export interface MapEntry {
  readonly key: Expr
  readonly value: Expr
  readonly optional: boolean
}

export interface FieldEntry {
  readonly name: string
  readonly value: Expr
  readonly optional: boolean
  readonly offset: number
}

/** What macros become: a fold over a list or map. Source: cel-spec doc/langdef.md, Macros. */
export interface Comprehension {
  readonly kind: 'comprehension'
  readonly offset: number
  readonly variable: string
  /** With two variables: index and element, or key and value. */
  readonly second: string | undefined
  readonly range: Expr
  readonly accumulator: string
  readonly init: Expr
  readonly condition: Expr
  readonly step: Expr
  readonly result: Expr
}

/** A fault in the text of an expression. */
export interface CelIssue {
  readonly message: string
  /** In UTF-16 units from the beginning. */
  readonly offset: number
}

/** Ends parsing at the first fault; never leaves this folder. */
export class CelSyntaxError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message)
  }
}
