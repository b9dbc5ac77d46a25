import {
  asList,
  asObject,
  asString,
  field,
  isObject,
  type JsonObject,
  type JsonValue,
} from '../model/index.js'
import { isSecretKey } from './mask.js'

/** Annotations of Kubernetes itself are settings; all others may hold anything. */
const SETTING_ANNOTATION = /(?:^|\.)(?:kubernetes|k8s)\.io\//

/**
 * The texts of an object that must not be shown, found by where they stand: everything in a Secret, data of
 * ConfigMaps, literal environment values, values of secret-named flags, annotations of others.
 * Switches and small numbers are left out: they are settings.
 */
export function sensitiveValues(content: JsonObject): string[] {
  const found: string[] = []
  const add = (value: unknown): void => {
    if (typeof value === 'string' && !isPlainSetting(value)) found.push(value)
  }
  const kind = asString(content.kind)
  if (kind === 'Secret' || kind === 'ConfigMap') {
    for (const part of ['data', 'stringData', 'binaryData']) {
      for (const value of Object.values(asObject(field(content, part)))) add(value)
    }
  }
  walk(content, add)
  return found
}

function walk(root: JsonValue, add: (value: unknown) => void): void {
  const stack: JsonValue[] = [root]
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (Array.isArray(value)) stack.push(...value.slice(0, 10_000))
    if (!isObject(value)) continue
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined) continue
      if (key === 'env') for (const variable of asList(inner)) add(field(variable, 'value'))
      if (key === 'annotations') addAnnotations(asObject(inner), add)
      if (key === 'command' || key === 'args') addArguments(asList(inner), add)
      if (typeof inner === 'string' && isSecretKey(key)) add(inner)
      if (typeof inner === 'object' && inner !== null) stack.push(inner)
    }
  }
}

function addAnnotations(annotations: JsonObject, add: (value: unknown) => void): void {
  for (const [key, value] of Object.entries(annotations)) {
    if (!SETTING_ANNOTATION.test(key) || key.endsWith('/last-applied-configuration')) add(value)
  }
}

/** `--password X` holds its secret in the argument behind it; shell scripts may hold it anywhere. */
function addArguments(args: readonly JsonValue[], add: (value: unknown) => void): void {
  args.forEach((argument, index) => {
    if (typeof argument !== 'string') return
    const [flag, value] = argument.split(/=(.*)/s)
    if (flag === undefined || !isSecretKey(flag.replace(/^-+/, ''))) return
    add(value ?? (flag.startsWith('-') ? args[index + 1] : undefined))
  })
}

function isPlainSetting(value: string): boolean {
  return value.length < 2 || /^(?:true|false|\d{1,6}|\[redacted\])$/i.test(value)
}
