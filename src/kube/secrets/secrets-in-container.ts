import {
  asList,
  asString,
  asStrings,
  field,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { secretsInArguments, secretSign } from '../../text/index.js'
import type { Container } from '../pod-template.js'
import { placeOf, type SecretPlace } from './secret-place.js'

/** The literal values of a container's variables that are secrets. */
export function secretsInEnvironment(object: KubeObject, { spec, path }: Container): SecretPlace[] {
  return asList(field(spec, 'env')).flatMap((variable, at) => {
    const name = asString(field(variable, 'name')) ?? ''
    const value = asString(field(variable, 'value'))
    const sign = value === undefined ? undefined : secretSign(name, value)
    return value === undefined || sign === undefined
      ? []
      : [placeOf(object, [...path, 'env', at, 'value'], { name, value, sign })]
  })
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const
const HOOKS = ['postStart', 'preStop'] as const

/** The secrets in the command lines of a container and in the headers of its probes. */
export function secretsInCommands(object: KubeObject, { spec, path }: Container): SecretPlace[] {
  const handlers: [JsonPath, JsonValue | undefined][] = [
    ...PROBES.map((probe): [JsonPath, JsonValue | undefined] => [[probe], field(spec, probe)]),
    ...HOOKS.map((hook): [JsonPath, JsonValue | undefined] => [
      ['lifecycle', hook],
      field(field(spec, 'lifecycle'), hook),
    ]),
  ]
  const lists: [JsonPath, JsonValue | undefined][] = [
    [['command'], field(spec, 'command')],
    [['args'], field(spec, 'args')],
    ...handlers.map(([at, handler]): [JsonPath, JsonValue | undefined] => [
      [...at, 'exec', 'command'],
      field(field(handler, 'exec'), 'command'),
    ]),
  ]
  return [
    ...lists.flatMap(([at, words]) => inWords(object, [...path, ...at], asStrings(words))),
    ...handlers.flatMap(([at, handler]) =>
      inHeaders(object, [...path, ...at, 'httpGet', 'httpHeaders'], handler),
    ),
  ]
}

/** Flags and pairs that are named like secrets, each value judged by itself; and forms in any word. */
function inWords(object: KubeObject, path: JsonPath, words: readonly string[]): SecretPlace[] {
  return words.flatMap((word, at) => {
    const before = words[at - 1]
    const named = secretsInArguments(before === undefined ? [word] : [before, word]).filter((value) =>
      word.includes(value),
    )
    const values = named.length === 0 ? [] : named
    const place = [...path, at]
    for (const value of values) {
      const name = nameBefore(word, value) ?? before?.replace(/^-+/, '') ?? ''
      const sign = secretSign(name === 'p' ? 'password' : name, value)
      if (sign !== undefined) return [placeOf(object, place, { name, value, sign })]
    }
    const sign = secretSign('', word)
    return sign === undefined ? [] : [placeOf(object, place, { name: '', value: word, sign })]
  })
}

/** `--password=x`, `password: x`: the name in front of a value. */
function nameBefore(word: string, value: string): string | undefined {
  const before = word.slice(0, word.indexOf(value))
  return /([A-Za-z_][\w.-]{0,100})["']?\s{0,5}[:=]\s{0,5}["']?$/.exec(before)?.[1]
}

function inHeaders(object: KubeObject, path: JsonPath, handler: JsonValue | undefined): SecretPlace[] {
  return asList(field(field(handler, 'httpGet'), 'httpHeaders')).flatMap((header, at) => {
    const name = asString(field(header, 'name')) ?? ''
    const value = asString(field(header, 'value')) ?? ''
    const credential = /^(?:basic|bearer|token)\s+(\S+)$/i.exec(value)?.[1]
    const sign = credential === undefined ? secretSign(name, value) : secretSign('password', credential)
    return sign === undefined ? [] : [placeOf(object, [...path, at, 'value'], { name, value, sign })]
  })
}

/** The secrets in annotations, but for those that readers took out before (`last-applied-configuration`). */
export function secretsInAnnotations(
  object: KubeObject,
  path: JsonPath,
  annotations: JsonObject,
): SecretPlace[] {
  return Object.entries(annotations).flatMap(([key, value]) => {
    if (typeof value !== 'string') return []
    const name = key.slice(key.lastIndexOf('/') + 1)
    const sign = secretSign(name, value)
    // Annotations hold checksums, names of Secrets and switches: only a form says something here.
    return sign?.by !== 'form' ? [] : [{ ...placeOf(object, [...path, key], { name: key, value, sign }) }]
  })
}
