import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { unknown } from '../../model/index.js'
import { advice } from '../precondition.js'

export const kubeletRemovedFlag = defineCheck({
  id: 'kubelet-removed-flag',
  title: 'The kubelet is given a flag that its version does not know',
  severity: 'high',
  because: 'the node is lost at the next restart of its kubelet',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'A flag that is gone stops the kubelet at its next start; what it once protected is not in force.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    const { refusal } = kubelet.config
    if (refusal === undefined) {
      const gap = kubelet.config.gaps[0]
      if (gap !== undefined) report.unknown(unknown(gap.reason, gap.detail, gap.origin))
      return
    }
    if (/unknown flag/.test(refusal.message)) {
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
    bad: kubeletWith('', '--no-such-flag=1'),
    good: kubeletWith(''),
  },
})
