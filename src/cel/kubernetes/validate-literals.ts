import { parseGoDurationNanos, parseTimestamp, timestampOf } from '../std/time.js'
import { formatFault } from '../ext/format-fault.js'
import type { CelType } from '../types.js'
import { CelError } from '../values.js'
import { patternFault } from './regular-expression.js'

/**
 * Faults of literals that Kubernetes refuses when an expression is compiled: patterns, durations, times.
 * Source: kubernetes v1.36.2 apiserver pkg/cel/environment/base.go, ASTValidators, and library/regex.go.
 */
export function validateLiterals(
  name: string,
  literals: readonly unknown[],
  members: readonly CelType[] | undefined,
  receiver: boolean,
): string | undefined {
  switch (name) {
    case 'format':
      return typeof literals[0] === 'string' && members !== undefined
        ? formatFault(literals[0], members)
        : undefined
    case 'matches':
      // The validator looks at the first argument: where `matches` is no method that is the text.
      return patternIssue(name, literals[1]) ?? (receiver ? undefined : patternIssue(name, literals[0]))
    case 'find':
    case 'findAll':
      return patternIssue(name, literals[1])
    case 'duration':
      if (typeof literals[0] === 'bigint') return 'invalid duration argument'
      return typeof literals[0] === 'string' && parseGoDurationNanos(literals[0]) === undefined
        ? 'invalid duration argument'
        : undefined
    case 'timestamp':
      return isNoTime(literals[0]) ? 'invalid timestamp argument' : undefined
    default:
      return undefined
  }
}

function patternIssue(name: string, literal: unknown): string | undefined {
  const fault = typeof literal === 'string' ? patternFault(literal) : undefined
  return fault === undefined ? undefined : `invalid ${name} argument: ${fault}`
}

function isNoTime(literal: unknown): boolean {
  if (typeof literal === 'string') return parseTimestamp(literal) instanceof CelError
  return typeof literal === 'bigint' && timestampOf(literal * 1_000_000_000n) instanceof CelError
}
