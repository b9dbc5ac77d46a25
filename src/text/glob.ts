/** Longest pattern that is taken; longer ones match nothing. */
const LONGEST = 512

/**
 * Whether a text is like a pattern in which `*` stands for any signs and `?` for one. Of paths, `*` and `?` stop at `/`;
 * `**` does not, and a pattern that ends in `/` takes everything below. In time of pattern times text, whatever both hold.
 */
export function matchesGlob(pattern: string, text: string, of: 'name' | 'path' = 'name'): boolean {
  if (pattern.length > LONGEST) return false
  if (!/[*?]/.test(pattern) && !(of === 'path' && pattern.endsWith('/'))) return pattern === text
  let reached = new Uint8Array(text.length + 1)
  reached[0] = 1
  for (const token of tokensOf(pattern, of)) reached = step(reached, text, token)
  return reached[text.length] === 1
}

type Token = 'one' | 'oneOfName' | 'many' | 'manyOfName' | 'folders' | { readonly literal: string }

function tokensOf(pattern: string, of: 'name' | 'path'): Token[] {
  const whole = of === 'path' && pattern.endsWith('/') ? `${pattern}**` : pattern
  return (whole.match(/\*\*\/|\*\*|\*|\?|[^*?]+/g) ?? []).flatMap((part): Token[] => {
    if (part === '?') return [of === 'path' ? 'oneOfName' : 'one']
    if (part === '*') return [of === 'path' ? 'manyOfName' : 'many']
    if (part === '**') return ['many']
    if (part === '**/') return of === 'path' ? ['folders'] : ['many', { literal: '/' }]
    return [{ literal: part }]
  })
}

/** The places of the text that can be reached with one more token. */
function step(reached: Uint8Array, text: string, token: Token): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(text.length + 1)
  let running = false
  for (let at = 0; at <= text.length; at += 1) {
    const here = reached[at] === 1
    if (typeof token === 'object') {
      if (here && text.startsWith(token.literal, at)) next[at + token.literal.length] = 1
    } else if (token === 'one' || token === 'oneOfName') {
      if (here && at < text.length && (token === 'one' || text[at] !== '/')) next[at + 1] = 1
    } else if (token === 'folders') {
      if (here || (running && text[at - 1] === '/')) next[at] = 1
      running ||= here
    } else {
      running ||= here
      if (running) next[at] = 1
      if (token === 'manyOfName' && text[at] === '/') running = false
    }
  }
  return next
}
