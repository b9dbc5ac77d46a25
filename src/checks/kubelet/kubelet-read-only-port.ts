import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletReadOnlyPort = defineCheck({
  id: 'kubelet-read-only-port',
  title: 'The kubelet serves an unauthenticated read-only port',
  severity: 'high',
  because: 'pods, their environment and labels can be read by everyone who reaches the port',
  reach: 'unauthenticated',
  appliesTo: 'kubelet',
  why: 'The read-only port answers /pods and /metrics over plain HTTP without asking who calls.',
  references: [cis('4.2.4'), kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'readOnlyPort', kubelet.number('readOnlyPort'), (value) =>
      value !== 0
        ? {
            message: `port ${value} answers without a credential`,
            fix: {
              ...kubelet.change('readOnlyPort', 0),
              breaks: 'agents that scrape that port, which asks for no credential',
            },
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`readOnlyPort: 10255`),
    good: kubeletWith(`readOnlyPort: 0`),
  },
})
