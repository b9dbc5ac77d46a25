/** `*` is any number of signs, `?` is one. Walks both texts once, so that no pattern can take long. */
export function matchesPattern(pattern: string, text: string): boolean {
  let [at, here, star, mark] = [0, 0, -1, 0]
  while (here < text.length) {
    if (pattern[at] === '*') {
      star = at
      mark = here
      at += 1
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[here])) {
      at += 1
      here += 1
    } else if (star >= 0) {
      at = star + 1
      mark += 1
      here = mark
    } else return false
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}
