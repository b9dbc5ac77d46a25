import type { JsonValue } from '../../model/index.js'
import { docValue, readGoDocument } from '../../text/index.js'

/** The value of a body, whatever its `Content-Type` says: JSON, else YAML. Source: apimachinery serializer/recognizer. */
export function parseAnswer(body: string): { readonly value: JsonValue } | undefined {
  try {
    return { value: JSON.parse(body) as JsonValue }
  } catch {
    // A text that begins as JSON is nothing else; a byte order mark belongs to YAML alone.
    if (/^[ \t\r\n]*\{/.test(body)) return undefined
  }
  if (body.trim() === '') return { value: null }
  const { root } = readGoDocument(body)
  return root === undefined ? undefined : { value: docValue(root) }
}
