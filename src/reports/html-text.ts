import { visible } from '../text/index.js'

/** Any text for an HTML element or quoted attribute; controls and invisible characters are written out. */
export function htmlText(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Prose for HTML: what stands in pairs of backticks becomes code. */
export function htmlProse(text: string): string {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return htmlText(text)
  return parts
    .map((part, index) => (index % 2 === 1 ? `<code>${htmlText(part)}</code>` : htmlText(part)))
    .join('')
}
