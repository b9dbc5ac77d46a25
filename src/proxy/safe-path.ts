/** The segments of a path, decoded, without the slash at its end; or why nobody should pass it on. */
export type SafePath = { readonly segments: readonly string[] } | { readonly why: string }

/**
 * Reads a raw path so that it can mean one thing only. The API server routes by the decoded path, load balancers before
 * it by the raw or by a cleaned one: whatever they could read differently is refused, not repaired.
 */
export function safePath(
  raw: string,
  { freeFrom = Infinity }: { readonly freeFrom?: number } = {},
): SafePath {
  if (!raw.startsWith('/')) return { why: 'the path does not begin with a slash' }
  if (/[^\x21-\x7e]|[\\#]/.test(raw)) return { why: 'the path holds signs that must be encoded' }
  if (/%(?![0-9A-Fa-f]{2})/.test(raw)) return { why: 'the path holds a broken escape' }
  const parts = raw.slice(1).split('/')
  if (parts.at(-1) === '') parts.pop()
  const segments: string[] = []
  for (const [index, part] of parts.entries()) {
    const decoded = decode(part)
    // Below a service's proxy the path is the service's own; only steps up would lead out of it.
    const free = index >= freeFrom
    if (decoded.split(/[/\\]/).some((step) => step === '..' || step === '.')) {
      return { why: 'the path holds `.` or `..`' }
    }
    if (!free && decoded === '') return { why: 'the path holds two slashes in a row' }
    if (!free && /[/\\%]|[^\x20-\x7e]/.test(decoded)) {
      return { why: 'the path holds an encoded slash, percent sign or control character' }
    }
    segments.push(decoded)
  }
  return { segments }
}

function decode(segment: string): string {
  return segment.replace(/%([0-9A-Fa-f]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
}
