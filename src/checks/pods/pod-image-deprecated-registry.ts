import data from '../../../data/deprecated-registries.json' with { type: 'json' }
import type { ImageReference } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { podWith } from './example-pod.js'
import { judgeImages } from './judge-images.js'

type Registry = (typeof data.registries)[number]

function deprecated({ registry, repository }: ImageReference): Registry | undefined {
  const name = `${registry}/${repository}`
  return data.registries.find(({ prefix }) => name === prefix || name.startsWith(`${prefix}/`))
}

export const podImageDeprecatedRegistry = defineCheck({
  id: 'pod-image-deprecated-registry',
  title: 'An image comes from a place that gets no new images',
  severity: 'medium',
  because: 'no fix of a flaw arrives there, and one day the place is gone and the pod does not start',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A frozen registry holds the images of the day when it was frozen. What was found in them since stays, and a node that does not have the image yet may not get it any more.',
  references: ['https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/'],
  evaluate(workload, report) {
    judgeImages(workload, report, 'medium', (image, { name }) => {
      const found = deprecated(image)
      if (found === undefined) return undefined
      return {
        message: `container \`${name}\`: ${found.prefix} ${found.state} since ${found.since} (as of ${data.asOf})`,
        fix: advice(`Use ${found.instead} (${found.source}).`, {
          breaks: 'nodes that may not reach the new registry',
        }),
      }
    })
  },
  examples: {
    bad: from('k8s.gcr.io/pause:3.2'),
    good: from('registry.k8s.io/pause:3.10'),
  },
})

function from(image: string): { manifests: string } {
  return { manifests: (podWith('').manifests ?? '').replace('registry.example/app:1.0', image) }
}
