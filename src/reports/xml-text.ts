import { visible, visibleLines } from '../text/index.js'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/**
 * Text as the value of an XML attribute. Controls and half pairs, which XML 1.0 (section 2.2) allows nowhere, are
 * written out.
 */
export function xmlAttribute(text: string): string {
  return visible(text).replace(/[&<>"]/g, escaped)
}

/** Lines of text as the content of an XML element. */
export function xmlLines(text: string): string {
  return visibleLines(text).join('\n').replace(/[&<>]/g, escaped)
}

function escaped(sign: string): string {
  return ENTITIES[sign] ?? sign
}
