import type { AnyCheck } from './define-check.js'

export const checks: readonly AnyCheck[] = []
