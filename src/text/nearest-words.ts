/**
 * The words that somebody may have meant, nearest first, equal ones in alphabetical order; those that are as long
 * as the whole word away are none. At most three.
 */
export function nearestWords(word: string, words: Iterable<string>): readonly string[] {
  // Nobody mistypes a name of this length; the distance would cost its square.
  if (word.length > 120) return []
  const limit = word.length <= 3 ? 1 : word.length <= 7 ? 2 : 3
  const near: { readonly word: string; readonly distance: number }[] = []
  for (const candidate of new Set(words)) {
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue
    const distance = editDistance(candidate, word)
    if (distance <= limit && distance < word.length) near.push({ word: candidate, distance })
  }
  near.sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1))
  return near.slice(0, 3).map((one) => one.word)
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
export function editDistance(a: string, b: string): number {
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
