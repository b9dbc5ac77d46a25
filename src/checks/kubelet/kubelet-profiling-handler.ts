import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs, nsa } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletProfilingHandler = defineCheck({
  id: 'kubelet-profiling-handler',
  title: 'The kubelet serves profiling data (/debug/pprof)',
  severity: 'low',
  because: 'only callers that the kubelet lets in can use it',
  reach: 'user',
  appliesTo: 'kubelet',
  why: 'Each handler that nobody needs is one more way for a caller with rights on nodes to learn about the host.',
  references: [
    kubernetesDocs('reference/config-api/kubelet-config.v1beta1/'),
    nsa('reduce what the kubelet serves'),
  ],
  evaluate(kubelet, report) {
    judgeSetting(
      kubelet,
      report,
      'enableProfilingHandler',
      kubelet.boolean('enableProfilingHandler'),
      (value) =>
        value
          ? {
              message: 'profiles are served at /debug/pprof',
              fix: {
                ...kubelet.change('enableProfilingHandler', false),
                breaks: 'go tool pprof against the kubelet',
              },
            }
          : undefined,
    )
    // Off by default; somebody switched it on.
    judgeSetting(
      kubelet,
      report,
      'enableContentionProfiling',
      kubelet.setting('enableContentionProfiling'),
      (value) =>
        value
          ? {
              message: 'lock contention profiles are collected',
              fix: kubelet.change('enableContentionProfiling', false),
            }
          : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`enableProfilingHandler: true`),
    good: kubeletWith(`enableProfilingHandler: false`),
  },
})
