/** What JSON allows in a string but terminals, editors or HTML act upon. Quotes and backslashes are never among them. */
const RISKY = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu
const MARKUP = /[<>&]/g

/** JSON with two spaces of indentation and a line end; controls and invisible characters are written as `\uXXXX`. */
export function escapedJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(RISKY, asUnicodeEscape)}\n`
}

/** Compact JSON that may stand inside a `<script>` element: no `<`, `>` or `&` is left in it. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(RISKY, asUnicodeEscape).replace(MARKUP, asUnicodeEscape)
}

function asUnicodeEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
