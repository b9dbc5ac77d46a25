import type { ErrorCode } from '../model/index.js'

/** The exit codes of every command; documented in README.md and never renumbered. */
export const EXIT = {
  /** Nothing at or above `--fail-on`; yes. */
  ok: 0,
  /** Findings at or above `--fail-on`; no. */
  findings: 1,
  /** Wrong usage, or no readable input. */
  usage: 2,
  /** A server could not be reached or does not allow it; unknown. */
  unreachable: 3,
  /** An action failed and everything was put back. */
  rolledBack: 4,
  /** An action failed and could not be put back. */
  notRolledBack: 5,
} as const

const BY_ERROR: Record<ErrorCode, number> = {
  usage: EXIT.usage,
  'no-input': EXIT.usage,
  'unreadable-input': EXIT.usage,
  unreachable: EXIT.unreachable,
  'not-allowed': EXIT.unreachable,
  'rolled-back': EXIT.rolledBack,
  'not-rolled-back': EXIT.notRolledBack,
}

/** The exit code of an error that ends a command. */
export function exitCodeOf(code: ErrorCode): number {
  return BY_ERROR[code]
}
