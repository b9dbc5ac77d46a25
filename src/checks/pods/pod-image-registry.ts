import type { ImageReference } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { podWith } from './example-pod.js'
import { judgeImages } from './judge-images.js'

/** `registry.example`, or a repository and what is below it: `registry.example/team`. `/*` and `/` at the end are left off. */
function isFrom({ registry, repository }: ImageReference, trusted: string): boolean {
  const wanted = trusted.replace(/\/\*?$/, '')
  const name = `${registry}/${repository}`
  return name === wanted || name.startsWith(`${wanted}/`)
}

export const podImageRegistry = defineCheck({
  id: 'pod-image-registry',
  title: 'An image comes from a registry that is not trusted',
  severity: 'medium',
  because: 'what runs was made and stored outside of what the owner of the cluster watches',
  reach: 'user',
  appliesTo: 'workload',
  byDefault: false,
  needs: 'trustedRegistries',
  why: 'An image of a stranger runs with the account, the network and the secrets of its pod. Names of public registries are taken over, typed wrong and imitated.',
  references: [kubernetesDocs('concepts/security/security-checklist/#images')],
  evaluate(workload, report) {
    const { trustedRegistries } = workload.settings
    if (trustedRegistries === undefined) {
      return report.unknown(unknown('not-given', 'no list of trusted registries was given'))
    }
    judgeImages(workload, report, 'medium', (image, { name }) =>
      trustedRegistries.some((trusted) => isFrom(image, trusted))
        ? undefined
        : {
            message: `the image of container \`${name}\` comes from ${image.registry}/${image.repository}`,
            fix: advice(
              'Copy the image to a registry that you trust and name it there, or add its registry to the list.',
            ),
          },
    )
  },
  examples: {
    bad: { ...podWith(''), settings: { trustedRegistries: ['registry.acme.example'] } },
    good: { ...podWith(''), settings: { trustedRegistries: ['registry.example'] } },
  },
})
