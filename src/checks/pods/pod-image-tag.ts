import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { podWith } from './example-pod.js'
import { judgeImages } from './judge-images.js'

export const podImageTag = defineCheck({
  id: 'pod-image-tag',
  title: 'An image has no tag, or the tag latest',
  severity: 'low',
  because: 'hygiene: what runs changes from one start to the next, and no one can say what ran',
  reach: 'user',
  appliesTo: 'workload',
  why: 'The tag latest names another image tomorrow. A restart brings it in untested, pods of one workload differ, and what was running when something happened is not to be found out.',
  references: [kubernetesDocs('concepts/containers/images/#image-names')],
  evaluate(workload, report) {
    judgeImages(workload, report, 'low', ({ tag, digest }, { name }) => {
      // A digest makes the tag irrelevant.
      if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return undefined
      return {
        message: `the image of container \`${name}\` ${tag === undefined ? 'has no tag' : 'has the tag latest'}`,
        fix: advice('Name the tag of a release, or better its digest.'),
      }
    })
  },
  examples: {
    bad: tagged(':latest'),
    good: tagged(':1.4.2'),
  },
})

function tagged(tag: string): { manifests: string } {
  return { manifests: (podWith('').manifests ?? '').replace(':1.0', tag) }
}
