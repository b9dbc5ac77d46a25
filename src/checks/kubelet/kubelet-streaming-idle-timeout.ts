import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletStreamingIdleTimeout = defineCheck({
  id: 'kubelet-streaming-idle-timeout',
  title: 'Idle exec and port-forward connections are never closed',
  severity: 'low',
  because: 'a forgotten session stays usable; nothing is opened that was closed',
  reach: 'user',
  appliesTo: 'kubelet',
  why: 'A timeout of 0 keeps streaming connections open for ever, so an unattended session can be taken over and connections pile up.',
  references: [cis('4.2.5'), kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    judgeSetting(
      kubelet,
      report,
      'streamingConnectionIdleTimeout',
      kubelet.string('streamingConnectionIdleTimeout'),
      (value) =>
        /^0+(?:[a-zµ]+0*)*$/.test(value)
          ? {
              message: `idle streaming connections are never closed`,
              fix: kubelet.change('streamingConnectionIdleTimeout', '4h0m0s'),
            }
          : undefined,
    )
  },
  examples: {
    bad: kubeletWith('', '--streaming-connection-idle-timeout=0s'),
    good: kubeletWith(`streamingConnectionIdleTimeout: 4h`),
  },
})
