import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs, nsa } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletSystemLogHandler = defineCheck({
  id: 'kubelet-system-log-handler',
  title: 'The kubelet serves files of /var/log (/logs)',
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
      'enableSystemLogHandler',
      kubelet.boolean('enableSystemLogHandler'),
      (value) =>
        value
          ? {
              message: 'files of /var/log are served at /logs',
              fix: {
                ...kubelet.change('enableSystemLogHandler', false),
                breaks: 'reading node logs through the API server',
              },
            }
          : undefined,
    )
    // Off by default; somebody switched it on.
    judgeSetting(kubelet, report, 'enableSystemLogQuery', kubelet.setting('enableSystemLogQuery'), (value) =>
      value === true
        ? {
            message: 'logs of system services can be queried',
            fix: kubelet.change('enableSystemLogQuery', false),
          }
        : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`enableSystemLogHandler: true`),
    good: kubeletWith(`enableSystemLogHandler: false`),
  },
})
