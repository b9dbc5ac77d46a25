import type { CallCost, CelFunction } from './functions.js'
import type { Macro, Macros } from './macros.js'
import type { ObjectType, CelType } from './types.js'

/** What an expression may use. */
export interface CelEnvironment {
  /** Variables with their types; names may be qualified. */
  readonly variables: ReadonlyMap<string, CelType>
  readonly functions: ReadonlyMap<string, CelFunction>
  readonly macros: Macros
  /** Types that may be named as values: `type(x) == string`. */
  readonly typeNames: ReadonlySet<string>
  /** Objects that an expression may make, by name. */
  readonly objects: ReadonlyMap<string, ObjectType>
  readonly optionals: boolean
  readonly escapedFields: boolean
  /** Lists and maps of one type only, unless a member is dyn. */
  readonly homogeneous: boolean
  /** A map that is written out has no key twice; else the last one counts, as in cel-go. */
  readonly uniqueKeys: boolean
  /** `has(1.a)` and `1.?a` are errors; else they find nothing. Source: cel-go cel/library.go, EnableErrorOnBadPresenceTest. */
  readonly strictPresence: boolean
  readonly callCost?: CallCost
  /** Faults that can be seen in literal arguments: a pattern, a duration. `members` are the types of a list that is the first argument. */
  readonly validateCall?: (
    name: string,
    literals: readonly unknown[],
    members: readonly CelType[] | undefined,
    receiver: boolean,
  ) => string | undefined
}

/** Puts function libraries together: overloads of functions with one name become one function. */
export function mergeFunctions(
  ...libraries: readonly (readonly CelFunction[])[]
): ReadonlyMap<string, CelFunction> {
  const merged = new Map<string, CelFunction>()
  for (const { name, overloads } of libraries.flat()) {
    merged.set(name, { name, overloads: [...(merged.get(name)?.overloads ?? []), ...overloads] })
  }
  return merged
}

/** Puts macros together; later ones win. */
export function mergeMacros(...libraries: readonly (readonly (readonly [string, Macro])[])[]): Macros {
  return new Map(libraries.flat())
}
