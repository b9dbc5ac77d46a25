import { evaluatePodSecurity } from '../../src/kube/index.js'
import {
  asList,
  asObject,
  asString,
  asStrings,
  field,
  isObject,
  type JsonObject,
} from '../../src/model/index.js'
import { sameJson, type Corpus } from './corpus.js'

/** `{name, pod, results: [{level, version, failed}]}`: which checks fail at a level and policy version. */
export const podSecurityCorpus: Corpus = {
  name: 'pod-security',
  engine: {
    answer(line) {
      const pod = asObject(line.pod)
      const template = { metadata: asObject(pod.metadata), spec: asObject(pod.spec) }
      return asList(line.results).map((result): JsonObject => {
        const level = field(result, 'level') === 'restricted' ? 'restricted' : 'baseline'
        const version = asString(field(result, 'version')) ?? 'latest'
        const failed = evaluatePodSecurity(template, level, version).map((violation) => violation.check)
        return { failed: [...new Set(failed)].sort() }
      })
    },
    expected: (line) =>
      asList(line.results).map((result) => {
        const failed = isObject(result) ? result.failed : undefined
        return failed === undefined ? undefined : { failed: asStrings(failed).sort() }
      }),
    equal: sameJson,
  },
}
