import { compareText } from '../../model/index.js'
import { sha256Of } from '../files/index.js'
import type { FixPlan } from './fix-plan.js'

/** The id of a plan: whoever changes anything in it gets another one. The order of its keys is no matter. */
export function planId(plan: Omit<FixPlan, 'id'>): string {
  return sha256Of(JSON.stringify(sorted(plan))).slice(0, 16)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => compareText(a, b)).map(([key, inner]) => [key, sorted(inner)]),
  )
}
