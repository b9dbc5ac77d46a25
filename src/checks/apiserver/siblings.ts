import { apiserversOf, type ComponentView } from '../../effective/index.js'
import type { Estate } from '../../model/index.js'

/** The API servers of each estate, found once: checks ask for every one of them. */
const found = new WeakMap<Estate, readonly ComponentView[]>()

/** All API servers of an estate. */
export function apiserversIn(estate: Estate): readonly ComponentView[] {
  const views = found.get(estate) ?? apiserversOf(estate)
  found.set(estate, views)
  return views
}
