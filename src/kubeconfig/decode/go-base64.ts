const ALPHABET = /^[A-Za-z0-9+/]$/

/**
 * Where Go would stop in a base64 text, or undefined where it reads it all. Line ends are passed over; Node itself
 * passes over every other sign too, and would make other bytes of a broken text.
 * Source: Go encoding/base64/base64.go, decodeQuantum of StdEncoding.
 */
export function base64Fault(text: string): number | undefined {
  if (/^[A-Za-z0-9+/\r\n]*={0,2}$/.test(text) && text.replace(/[\r\n]/g, '').length % 4 === 0)
    return undefined
  let at = 0
  while (at < text.length) {
    const quantum = readQuantum(text, at)
    if (typeof quantum === 'object') return quantum.fault
    at = quantum
  }
  return undefined
}

/** Behind four signs, or where the text is at fault. */
function readQuantum(text: string, start: number): number | { readonly fault: number | undefined } {
  let at = start
  for (let read = 0; read < 4;) {
    if (at === text.length) return read === 0 ? at : { fault: at - read }
    const sign = text[at] ?? ''
    at += 1
    if (ALPHABET.test(sign)) read += 1
    else if (sign === '=') return { fault: paddingFault(text, at, read) }
    else if (sign !== '\n' && sign !== '\r') return { fault: at - 1 }
  }
  return at
}

/** `at` is behind the first `=`, in front of which stand `read` signs of the last four. */
function paddingFault(text: string, at: number, read: number): number | undefined {
  if (read < 2) return at - 1
  let here = skipLineEnds(text, at)
  if (read === 2) {
    if (here === text.length) return text.length
    if (text[here] !== '=') return here - 1
    here = skipLineEnds(text, here + 1)
  }
  return here < text.length ? here : undefined
}

function skipLineEnds(text: string, at: number): number {
  let here = at
  while (text[here] === '\n' || text[here] === '\r') here += 1
  return here
}
