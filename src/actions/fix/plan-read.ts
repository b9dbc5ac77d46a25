import { isObject, RampartError } from '../../model/index.js'
import { PLAN_FORMAT, type FixPlan } from './fix-plan.js'
import { planId } from './plan-id.js'

const LISTS = [
  'files',
  'modes',
  'restarts',
  'objects',
  'lasting',
  'mends',
  'advice',
  'known',
  'notes',
] as const

/**
 * A saved plan. Throws where it is none, is of another format, or was changed after it was made: what is carried out is
 * what was shown.
 */
export function readPlan(text: string, file: string): FixPlan {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new RampartError('unreadable-input', `${file}: no plan of rampart fix: ${(error as Error).message}`)
  }
  if (!isObject(value) || typeof value.format !== 'string' || !value.format.startsWith('rampart/fix-plan/'))
    throw new RampartError('unreadable-input', `${file}: no plan of rampart fix (make one with --plan FILE)`)
  if (value.format !== PLAN_FORMAT)
    throw new RampartError(
      'unreadable-input',
      `${file}: a plan of the format ${value.format}, and this version reads ${PLAN_FORMAT}: make it anew`,
    )
  const missing = LISTS.find((list) => !Array.isArray(value[list]))
  if (missing !== undefined || !isObject(value.subject))
    throw new RampartError('unreadable-input', `${file}: the plan lacks \`${missing ?? 'subject'}\``)
  const { id, ...rest } = value as unknown as FixPlan
  if (planId(rest) !== id)
    throw new RampartError(
      'unreadable-input',
      `${file}: the plan was changed after it was made (its id ${id} does not fit what it says): make it anew`,
    )
  return value as unknown as FixPlan
}
