import { mergeFunctions, mergeMacros, type CelEnvironment } from './environment.js'
import { LIST_MACROS, LISTS } from './ext/lists.js'
import { OPTIONAL_MACROS, OPTIONALS } from './ext/optionals.js'
import { SETS } from './ext/sets.js'
import { STRINGS } from './ext/strings.js'
import { TWO_VARIABLE_FUNCTIONS, TWO_VARIABLE_MACROS } from './ext/two-variables.js'
import type { CelFunction } from './functions.js'
import { STANDARD_MACROS } from './macros.js'
import { CONVERSIONS } from './std/convert.js'
import { OPERATORS } from './std/operators.js'
import { textFunctions, type MatchPattern } from './std/texts.js'

/** Names of types that are values. Source: cel-go common/stdlib, and optional types. */
const TYPE_NAMES = [
  'bool',
  'bytes',
  'double',
  'google.protobuf.Duration',
  'google.protobuf.Timestamp',
  'int',
  'list',
  'map',
  'null_type',
  'optional_type',
  'string',
  'type',
  'uint',
]

/** The language with the libraries that Kubernetes puts into it; `more` are functions of its own. */
export function standardEnvironment(
  match: MatchPattern,
  more: readonly CelFunction[] = [],
): Omit<CelEnvironment, 'variables'> {
  const text = textFunctions(match)
  return {
    functions: mergeFunctions(
      OPERATORS,
      CONVERSIONS,
      text,
      STRINGS,
      SETS,
      LISTS,
      OPTIONALS,
      TWO_VARIABLE_FUNCTIONS,
      more,
    ),
    macros: mergeMacros(STANDARD_MACROS, LIST_MACROS, OPTIONAL_MACROS, TWO_VARIABLE_MACROS),
    typeNames: new Set(TYPE_NAMES),
    objects: new Map(),
    optionals: true,
    escapedFields: false,
    homogeneous: true,
    uniqueKeys: false,
    strictPresence: false,
  }
}
