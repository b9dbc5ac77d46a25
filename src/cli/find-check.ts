import { RampartError } from '../model/index.js'
import { editDistance } from '../text/index.js'

/** The check with an id or alias; otherwise a usage error that names the nearest one. */
export function findById<T extends { readonly id: string; readonly aliases?: readonly string[] }>(
  checks: readonly T[],
  id: string,
): T {
  const found = checks.find((check) => check.id === id || check.aliases?.includes(id))
  if (found !== undefined) return found
  const nearest = checks
    .map((check) => ({ id: check.id, distance: editDistance(check.id, id) }))
    .sort((a, b) => a.distance - b.distance)[0]
  const hint = nearest !== undefined && nearest.distance <= 6 ? `; did you mean \`${nearest.id}\`?` : ''
  throw new RampartError('usage', `there is no check \`${id}\`${hint} (\`rampart checks list\` shows all)`)
}
