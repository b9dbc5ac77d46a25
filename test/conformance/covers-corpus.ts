import { uncoveredAtoms, type Atom } from '../../src/access/rbac/index.js'
import { readRules } from '../../src/kube/index.js'
import { field, type JsonObject, type JsonValue } from '../../src/model/index.js'
import { sameJson, type Corpus } from './corpus.js'

/** `{owner, requested, covered, uncovered}`: the escalation check's cover, one answer a line. */
export const coversCorpus: Corpus = {
  name: 'covers',
  engine: {
    answer(line) {
      const uncovered = uncoveredAtoms(rulesOf(line.owner), rulesOf(line.requested))
      return [{ covered: uncovered.length === 0, uncovered: uncovered.map(asRule) }]
    },
    expected: ({ covered, uncovered }) => [
      covered === undefined ? undefined : { covered, uncovered: uncovered ?? [] },
    ],
    equal: sameJson,
  },
}

function rulesOf(rules: JsonValue | undefined) {
  return readRules({ rules: field({ rules }, 'rules') }).rules
}

function asRule({ verb, apiGroup, resource, resourceName, nonResourceURL }: Atom): JsonObject {
  return {
    verbs: [verb],
    ...(apiGroup === undefined ? {} : { apiGroups: [apiGroup] }),
    ...(resource === undefined ? {} : { resources: [resource] }),
    ...(resourceName === undefined ? {} : { resourceNames: [resourceName] }),
    ...(nonResourceURL === undefined ? {} : { nonResourceURLs: [nonResourceURL] }),
  }
}
