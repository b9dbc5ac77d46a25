import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { unknown } from '../../model/index.js'
import { advice } from '../precondition.js'

export const kubeletWillNotStart = defineCheck({
  id: 'kubelet-will-not-start',
  title: 'The kubelet refuses to start with this configuration',
  severity: 'high',
  because: 'the node is lost at the next restart of its kubelet',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'A node whose kubelet does not come up again after a restart or reboot is lost to the cluster, and the settings that seem to protect it are not in force.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    const { refusal } = kubelet.config
    if (refusal === undefined) {
      const gap = kubelet.config.gaps[0]
      if (gap !== undefined) report.unknown(unknown(gap.reason, gap.detail, gap.origin))
      return
    }
    if (!/unknown flag/.test(refusal.message)) {
      report.fail(
        { origin: refusal.origin, key: 'refusal', message: refusal.message },
        {
          message: `the kubelet refuses to start: ${refusal.message}`,
          fix: advice('Correct what is named here, then restart the kubelet and see that it stays up.'),
        },
      )
    }
  },
  examples: {
    bad: kubeletWith(`authentication:\n  anonymous:\n    enabled: "no"`),
    good: kubeletWith(''),
  },
})
