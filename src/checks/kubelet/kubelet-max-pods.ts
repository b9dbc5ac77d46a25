import { advice } from '../precondition.js'
import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletMaxPods = defineCheck({
  id: 'kubelet-max-pods',
  title: 'More pods run on this node than Kubernetes is tested with',
  severity: 'info',
  because: 'advice: a full node is slow to drain and to judge',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'Upstream tests nodes with up to 110 pods; beyond that, evictions and upgrades take longer than the defaults expect.',
  references: [kubernetesDocs('setup/best-practices/cluster-large/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'maxPods', kubelet.number('maxPods'), (value) =>
      value > 110
        ? {
            message: `up to ${value} pods`,
            fix: advice('Keep `maxPods` at 110 unless this node was tested with more.'),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`maxPods: 500`),
    good: kubeletWith(`maxPods: 110`),
  },
})
