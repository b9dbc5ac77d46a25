import type { Container } from '../../kube/index.js'
import { asList, asString, field, type JsonPath } from '../../model/index.js'

export interface ContainerFlag {
  /** The text behind `=` or in the next word; undefined for a bare flag at the end or before another flag. */
  readonly value: string | undefined
  readonly path: JsonPath
}

/** The list of a container that is not a list of texts, where there is one: its flags are then not known. */
export function malformedWords(container: Container): JsonPath | undefined {
  for (const key of ['command', 'args']) {
    const list = field(container.spec, key)
    if (list === undefined || list === null) continue
    if (!Array.isArray(list) || !list.every((word) => typeof word === 'string'))
      return [...container.path, key]
  }
  return undefined
}

/** The last setting of a flag on a container's command line, written with one dash or two. */
export function flagOf(container: Container, name: string): ContainerFlag | undefined {
  let found: ContainerFlag | undefined
  for (const key of ['command', 'args']) {
    const words = asList(field(container.spec, key))
    words.forEach((word, at) => {
      const [flag, value] = splitFlag(asString(word) ?? '')
      if (flag !== `--${name}` && flag !== `-${name}`) return
      const next = asString(words[at + 1])
      const following = next === undefined || next.startsWith('-') ? undefined : next
      found = { value: value ?? following, path: [...container.path, key, at] }
    })
  }
  return found
}

/** A boolean flag as Go's flag packages read it: bare is true. Undefined when it is not set or not a boolean. */
export function switchOf(container: Container, name: string): { on: boolean; path: JsonPath } | undefined {
  const flag = flagOf(container, name)
  if (flag === undefined) return undefined
  const off = ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(flag.value ?? 'true')
  return { on: !off, path: flag.path }
}

function splitFlag(word: string): [string, string | undefined] {
  const equals = word.indexOf('=')
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)]
}

export interface ContainerVariable {
  /** The value where it stands in the manifest itself. */
  readonly value: string | undefined
  readonly configMap?: { readonly name: string; readonly key: string }
  readonly path: JsonPath
}

/** The last environment variable of a name; those of `envFrom` are not seen. */
export function variableOf(container: Container, name: string): ContainerVariable | undefined {
  let found: ContainerVariable | undefined
  asList(field(container.spec, 'env')).forEach((entry, at) => {
    if (field(entry, 'name') !== name) return
    const given = field(entry, 'value')
    const reference = field(field(entry, 'valueFrom'), 'configMapKeyRef')
    const map = asString(field(reference, 'name'))
    const key = asString(field(reference, 'key'))
    found = {
      value: typeof given === 'string' ? given : undefined,
      ...(map === undefined || key === undefined ? {} : { configMap: { name: map, key } }),
      path: [...container.path, 'env', at],
    }
  })
  return found
}

/** Whether variables come from somewhere else as a whole. */
export function hasEnvFrom(container: Container): boolean {
  return asList(field(container.spec, 'envFrom')).length > 0
}
