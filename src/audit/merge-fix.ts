import type { Edit, Fix, Precondition, Risk } from '../model/index.js'

const RISKS: readonly Risk[] = ['none', 'restart', 'traffic', 'lockout']

/**
 * One fix out of those of several places of one finding; equal parts stand once. `confirmed`: what could not be seen of its
 * preconditions holds by word of the user; what was seen not to hold does not.
 */
export function mergeFixes(fixes: readonly Fix[], confirmed = false): Fix | undefined {
  const first = fixes[0]
  if (first === undefined) return undefined
  const pick = (read: (fix: Fix) => string | undefined): string | undefined => {
    const texts = unique(fixes.map(read).filter((text): text is string => text !== undefined))
    return texts.length === 0 ? undefined : texts.join('; ')
  }
  const merged: Fix = {
    text: unique(fixes.map((fix) => fix.text)).join('\n'),
    edits: uniqueBy(
      fixes.flatMap((fix) => fix.edits),
      (edit: Edit) => JSON.stringify(edit),
    ),
    commands: unique(fixes.flatMap((fix) => fix.commands)),
    risk: fixes.map((fix) => fix.risk).reduce((a, b) => (RISKS.indexOf(b) > RISKS.indexOf(a) ? b : a)),
    needs: uniqueBy(
      fixes.flatMap((fix) => fix.needs),
      (need: Precondition) => need.text,
    ).map((need) => (confirmed && need.met === 'unknown' ? { ...need, met: true } : need)),
    ...optional(
      'breaks',
      pick((fix) => fix.breaks),
    ),
    ...optional(
      'restart',
      pick((fix) => fix.restart),
    ),
    ...optional(
      'verify',
      pick((fix) => fix.verify),
    ),
  }
  return adviceWhileUnmet(merged)
}

/** A fix whose preconditions are not known to hold is advice: its edits and commands are taken out. */
function adviceWhileUnmet(fix: Fix): Fix {
  const unmet = fix.needs.filter((need) => need.met !== true)
  if (unmet.length === 0) return fix
  const reasons = unmet.map((need) => (need.met === 'unknown' ? `${need.text} (not known here)` : need.text))
  return { ...fix, edits: [], commands: [], text: `${fix.text}\nFirst: ${reasons.join('; ')}.` }
}

function optional<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: string })
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Map<string, T>()
  for (const item of items) if (!seen.has(key(item))) seen.set(key(item), item)
  return [...seen.values()]
}
