import { RampartError } from '../model/index.js'

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

/** Levenshtein distance, in rows. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change))
    }
    row = next
  }
  return row[b.length] ?? 0
}
