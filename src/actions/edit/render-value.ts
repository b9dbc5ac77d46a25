import { isObject, type JsonObject, type JsonValue } from '../../model/index.js'

/** How the text around a change is written. */
export interface Style {
  readonly json: boolean
  readonly newline: string
}

/** Words that YAML reads as something else than text, in any of its versions. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|y|n|null|~|[-+.]?\d.*|\.inf|\.nan|)$/i

/** A value on one line: as JSON, or in YAML's shorter form. */
export function renderValue(value: JsonValue, style: Style): string {
  if (style.json) return JSON.stringify(value)
  if (typeof value === 'string') return renderScalar(value, style, false)
  if (Array.isArray(value)) return `[${value.map((item) => renderValue(item, style)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [`${renderScalar(key, style, true)}: ${renderValue(inner, style)}`],
    )
    return `{${entries.join(', ')}}`
  }
  return JSON.stringify(value)
}

/** A map on lines of its own, those of maps inside it two columns further in. */
export function renderBlock(value: JsonObject, style: Style): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    if (inner === undefined) return []
    const name = renderScalar(key, style, true)
    if (!isObject(inner) || Object.keys(inner).length === 0) return [`${name}: ${renderValue(inner, style)}`]
    return [`${name}:`, ...renderBlock(inner, style).map((line) => `  ${line}`)]
  })
}

/** A text or key, quoted only where it must be. */
export function renderScalar(text: string, style: Style, isKey: boolean): string {
  if (style.json) return JSON.stringify(text)
  const plain = isKey
    ? /^[A-Za-z_][\w./-]*$/.test(text)
    : /^(?:--?)?[A-Za-z_/][\w./:@=,-]*$/.test(text) && !text.endsWith(':')
  return plain && !NOT_TEXT.test(text) ? text : JSON.stringify(text)
}
