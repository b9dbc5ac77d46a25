import { knownBadImage } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { podWith } from './example-pod.js'
import { judgeImages } from './judge-images.js'

export const podKnownBad = defineCheck({
  id: 'pod-known-bad',
  title: 'A workload runs software that is known to give the cluster away',
  severity: 'high',
  because: 'the flaw is public, and no fixed version is what runs here',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Some programs were made for a cluster in which everybody trusts everybody, or are past the end of their life with open flaws. Tools that attack clusters look for them first.',
  references: [
    'https://helm.sh/blog/helm-v2-deprecation-timeline/',
    'https://nvd.nist.gov/vuln/detail/CVE-2018-18264',
  ],
  evaluate(workload, report) {
    judgeImages(workload, report, 'high', (image, { name }) => {
      const bad = knownBadImage(image)
      if (bad === undefined) return undefined
      return {
        message: `container \`${name}\` runs ${bad.title}: ${bad.flaw} (as of ${bad.asOf})`,
        fix: advice(`${bad.remedy} (${bad.source}).`, { breaks: `who uses ${bad.title}` }),
      }
    })
  },
  examples: {
    bad: running('ghcr.io/helm/tiller:v2.17.0'),
    good: running('registry.example/app:1.0'),
  },
})

function running(image: string): { manifests: string } {
  return { manifests: (podWith('').manifests ?? '').replace('registry.example/app:1.0', image) }
}
