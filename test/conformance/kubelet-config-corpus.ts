import { answerKubeletCase } from '../../src/effective/index.js'
import { asString, isObject, type JsonValue } from '../../src/model/index.js'
import { sameJson, type Corpus } from './corpus.js'

/** `{name, args, files, effective | error}`: the configuration that a kubelet would run with, or its refusal. */
export const kubeletConfigCorpus: Corpus = {
  name: 'kubelet-config',
  engine: {
    answer: (line) => [answerKubeletCase(line)],
    expected(line) {
      if (line.effective !== undefined) return [{ effective: line.effective }]
      return [line.error === undefined ? undefined : { error: line.error }]
    },
    equal(answer, expected) {
      const refused = asString(expected.error)
      if (refused !== undefined) return namesTheSame(asString(answer.error) ?? '', refused)
      return sameJson(withoutZeros(answer.effective ?? null), withoutZeros(expected.effective ?? null))
    },
  },
}

/** A refusal is right when it names the file, flag or argument that the recorded one names; wording is free. */
function namesTheSame(ours: string, recorded: string): boolean {
  if (ours === '') return false
  const named = /unknown command (\S+)|unknown flag: (\S+)|([\w.-]+(?:\/[\w.-]+)*\.(?:conf|yaml|json))/.exec(
    recorded,
  )
  const word = named?.slice(1).find((part) => part !== undefined)
  return word === undefined || ours.includes(word)
}

/** A field that is absent is at its zero value. */
function withoutZeros(value: JsonValue): JsonValue | undefined {
  if (isObject(value)) {
    const kept = Object.entries(value).flatMap(([key, inner]) => {
      const rest = inner === undefined ? undefined : withoutZeros(inner)
      return rest === undefined ? [] : [[key, rest] as const]
    })
    return kept.length === 0 ? undefined : Object.fromEntries(kept)
  }
  if (Array.isArray(value)) return value.length === 0 ? undefined : value
  return value === false || value === 0 || value === '' || value === null || value === '0s'
    ? undefined
    : value
}
