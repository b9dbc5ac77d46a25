import { advice } from '../precondition.js'
import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletFailOnSwap = defineCheck({
  id: 'kubelet-fail-on-swap',
  title: 'The kubelet tolerates swap',
  severity: 'info',
  because: 'advice: memory of pods, secrets among them, may be written to disk',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'With swap in use, memory pages of containers can end up on disk in the clear unless the swap device is encrypted.',
  references: [kubernetesDocs('concepts/cluster-administration/swap-memory-management/')],
  evaluate(kubelet, report) {
    judgeSetting(kubelet, report, 'failSwapOn', kubelet.boolean('failSwapOn'), (value) =>
      !value
        ? {
            message: `the kubelet starts with swap on`,
            fix: advice(
              'Switch swap off on the host, or use encrypted swap with `memorySwap.swapBehavior: NoSwap` or `LimitedSwap` on purpose; then set `failSwapOn: true`.',
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`failSwapOn: false`),
    good: kubeletWith(`failSwapOn: true`),
  },
})
