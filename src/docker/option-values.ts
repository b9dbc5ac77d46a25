import type { JsonObject, JsonValue } from '../model/index.js'
import type { OptionKind } from './dockerd-flags.js'

/**
 * The value that the words of a repeated flag come to, in the shape of daemon.json.
 * Source: moby v28.3.3 opts/{opts,ulimit,runtime}.go and internal/opts/opts.go, each Set method.
 */
export function optionValue(kind: OptionKind, value: JsonValue): JsonValue {
  const words = Array.isArray(value) ? value.map(String) : []
  switch (kind) {
    case 'map':
      return fromPairs(words, (text) => text)
    case 'switches':
      return fromPairs(words, (text, given) => !given || /^(?:1|t|true)$/i.test(text))
    case 'runtimes':
      return fromPairs(words, (path) => ({ path }))
    case 'ulimits':
      return fromPairs(words, ulimit)
    case 'mapOfMaps':
      return fromPairs(words, (text) => fromPairs([text], (inner) => inner))
    default:
      return value
  }
}

function fromPairs(
  words: readonly string[],
  read: (text: string, given: boolean, name: string) => JsonValue,
): JsonObject {
  return Object.fromEntries(
    words.map((word) => {
      const cut = word.indexOf('=')
      const name = cut < 0 ? word : word.slice(0, cut)
      return [name, read(cut < 0 ? '' : word.slice(cut + 1), cut >= 0, name)]
    }),
  )
}

function ulimit(text: string, _given: boolean, name: string): JsonObject {
  const [soft = '', hard = soft] = text.split(':')
  return { Name: name, Hard: Number(hard), Soft: Number(soft) }
}
