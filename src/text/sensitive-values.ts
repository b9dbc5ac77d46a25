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
import { formOf } from './secret-value.js'

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
    // A header or a parameter: its name says what its value is.
    if (isSecretKey(asString(field(value, 'name')) ?? '')) add(field(value, 'value'))
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined) continue
      if (key === 'env') for (const variable of asList(inner)) add(field(variable, 'value'))
      if (key === 'annotations') addAnnotations(asObject(inner), add)
      if (key === 'command' || key === 'args') secretsInArguments(asList(inner)).forEach(add)
      if (isSecretKey(key)) for (const text of Array.isArray(inner) ? inner : [inner]) add(text)
      if (typeof inner === 'object' && inner !== null) stack.push(inner)
    }
  }
}

function addAnnotations(annotations: JsonObject, add: (value: unknown) => void): void {
  for (const [key, value] of Object.entries(annotations)) {
    if (!SETTING_ANNOTATION.test(key) || key.endsWith('/last-applied-configuration')) add(value)
  }
}

/** `key: value` and `key=value` inside a word, as scripts, JSON and connection strings hold them. */
const INNER_PAIR = /["']?([A-Za-z_][\w.-]{0,100})["']?\s{0,5}[:=]\s{0,5}["']?([^\s"',;&}]+)/g

/**
 * The secrets among the arguments of a command: behind a flag named like one (in the same word or the next), behind
 * the `-p` of database clients, and behind names like `password` inside a word. Switches and small numbers are none.
 */
export function secretsInArguments(args: readonly JsonValue[]): string[] {
  return args.flatMap((argument, index) => {
    if (typeof argument !== 'string') return []
    const found: string[] = []
    const [flag = '', value] = argument.split(/=(.*)/s)
    if (isSecretKey(flag.replace(/^-+/, '')) && value !== undefined) found.push(value)
    const before = args[index - 1]
    if (typeof before === 'string' && !argument.startsWith('-') && takesSecret(before)) found.push(argument)
    for (const [, key = '', inner = ''] of argument.matchAll(INNER_PAIR))
      if (isSecretKey(key)) found.push(inner)
    if (formOf(argument) !== undefined) found.push(argument)
    return found.filter((text) => !isPlainSetting(text) && !/^\/[\w./-]*$/.test(text))
  })
}

function takesSecret(flag: string): boolean {
  return flag === '-p' || (/^--?[\w.-]+$/.test(flag) && isSecretKey(flag.replace(/^-+/, '')))
}

function isPlainSetting(value: string): boolean {
  return value.length < 2 || /^(?:true|false|\d{1,6}|\[redacted\])$/i.test(value)
}
