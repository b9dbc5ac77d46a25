import { isObject, type JsonPath, type JsonValue } from '../../model/index.js'
import { nearestWords } from '../../text/index.js'
import { KUBECONFIG_SHAPE } from '../decode/kubeconfig-shape.js'
import type { Shape } from '../decode/struct-shape.js'
import type { LintFile } from './lint-file.js'

/** Fields that kubectl passes over: a misspelt one does nothing, and nobody says so. */
export function lintFields(file: LintFile): void {
  walk(file, file.value, KUBECONFIG_SHAPE, [])
}

function walk(file: LintFile, value: JsonValue | undefined, shape: Shape, path: JsonPath): void {
  if (shape.kind === 'list' && Array.isArray(value))
    return value.forEach((item, index) => walk(file, item, shape.of, [...path, index]))
  if (shape.kind !== 'struct' || !isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined
    if (field !== undefined) walk(file, inner, field, [...path, key])
    else {
      const [meant] = nearestWords(key, Object.keys(shape.fields))
      const fix = meant === undefined ? 'take it out' : `did you mean \`${meant}\`?`
      const message = `kubectl knows no field \`${key}\` here and passes over it`
      file.report({ rule: 'unknown-field', level: 'warning', subject: '', message, fix }, [...path, key])
    }
  }
}
