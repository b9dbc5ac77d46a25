import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletEventRate = defineCheck({
  id: 'kubelet-event-rate',
  title: 'Events of this node are unlimited or nearly none',
  severity: 'low',
  because: 'the record of an attack is weaker, or a noisy pod can flood the API server',
  reach: 'pod',
  appliesTo: 'kubelet',
  why: 'A rate of 0 means no limit, so a crashing pod can flood the API server; a rate below 5 drops events that an investigation needs.',
  references: [cis('4.2.8'), kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'eventRecordQPS', kubelet.number('eventRecordQPS'), (value) =>
      value < 5
        ? {
            message: value === 0 ? 'events are not limited' : `only ${value} events a second are recorded`,
            fix: kubelet.change('eventRecordQPS', 50),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`eventRecordQPS: 0`),
    good: kubeletWith(`eventRecordQPS: 50`),
  },
})
