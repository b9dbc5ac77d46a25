import { advice } from '../precondition.js'
import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletDebuggingHandlers = defineCheck({
  id: 'kubelet-debugging-handlers',
  title: 'The kubelet serves exec, attach, port-forward and logs',
  severity: 'info',
  because: 'only callers that the kubelet lets in can use it; needed by kubectl exec and logs',
  reach: 'user',
  appliesTo: 'kubelet',
  why: 'The debugging handlers are the part of the kubelet that runs commands in containers; nodes where nobody debugs can do without.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    judgeSetting(
      kubelet,
      report,
      'enableDebuggingHandlers',
      kubelet.boolean('enableDebuggingHandlers'),
      (value) =>
        value
          ? {
              message: 'exec, attach, port-forward and logs are served',
              severity: 'info' as const,
              because: 'the default; kubectl exec, logs and port-forward need it',
              fix: advice(
                'Where nobody needs kubectl exec, attach, logs and port-forward on this node, set `enableDebuggingHandlers: false`.',
                { breaks: 'kubectl exec, attach, logs, port-forward and metrics of this node' },
              ),
            }
          : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`enableDebuggingHandlers: true`),
    good: kubeletWith(`enableDebuggingHandlers: false`),
  },
})
