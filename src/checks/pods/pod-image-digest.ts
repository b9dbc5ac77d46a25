import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { podWith } from './example-pod.js'
import { judgeImages } from './judge-images.js'

export const podImageDigest = defineCheck({
  id: 'pod-image-digest',
  title: 'An image is named by a tag that can be moved',
  severity: 'info',
  because: 'advice: whoever may push to the repository decides what runs after the next pull',
  reach: 'user',
  appliesTo: 'workload',
  why: 'A tag is a pointer. Someone who takes the account of a registry puts another image behind it; a digest names one image for ever.',
  references: [kubernetesDocs('concepts/containers/images/#image-names')],
  evaluate(workload, report) {
    judgeImages(workload, report, 'info', ({ tag, digest }, { name }) => {
      // One without a tag, or with latest, has a check of its own: pod-image-tag.
      if (digest !== undefined || tag === undefined || tag === 'latest') return undefined
      return {
        message: `the image of container \`${name}\` is named by tag ${tag} alone`,
        fix: advice(
          'Add the digest of the image (`image:tag@sha256:...`), and let a bot keep it up to date.',
        ),
      }
    })
  },
  examples: {
    bad: podWith(''),
    good: {
      manifests: (podWith('').manifests ?? '').replace(':1.0', `:1.0@sha256:${'4f'.repeat(32)}`),
    },
  },
})
