import { matchesPattern } from '../pattern.js'

/** Patterns with commas; a match of a `!pattern` says no. Source: openssh match.c, match_pattern_list. */
export function matchesList(
  text: string,
  list: string,
  options: { readonly anyCase?: boolean } = {},
): boolean {
  return matchesPatterns(text, list.split(','), options)
}

/** The same for patterns that stand alone, as behind Host. */
export function matchesPatterns(
  text: string,
  patterns: readonly string[],
  { anyCase = false }: { readonly anyCase?: boolean } = {},
): boolean {
  const fold = (each: string): string => (anyCase ? each.toLowerCase() : each)
  let found = false
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      if (matchesPattern(fold(pattern.slice(1)), fold(text))) return false
    } else if (matchesPattern(fold(pattern), fold(text))) found = true
  }
  return found
}
