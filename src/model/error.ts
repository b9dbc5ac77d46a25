/** Why a command cannot go on. Exit codes are mapped from these in `cli/exit-code.ts` alone. */
export type ErrorCode =
  | 'usage'
  | 'no-input'
  | 'unreadable-input'
  | 'unreachable'
  | 'not-allowed'
  | 'rolled-back'
  | 'not-rolled-back'

/** The one error class: what happened, where, and what to do. Everything else that is thrown is a defect of Rampart. */
export class RampartError extends Error {
  override readonly name = 'RampartError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

/** The code of an error of the system (`ENOENT`); empty for any other error. */
export function systemCode(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}
