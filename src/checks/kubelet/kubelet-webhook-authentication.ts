import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { kubernetesDocs, nsa } from '../references.js'
import { kubeletWith } from './example-kubelet.js'

export const kubeletWebhookAuthentication = defineCheck({
  id: 'kubelet-webhook-authentication',
  title: 'The kubelet does not ask the API server who a bearer token belongs to',
  severity: 'medium',
  because:
    'service accounts cannot be told apart at the kubelet, so its clients need certificates or stay anonymous',
  reach: 'user',
  appliesTo: 'kubelet',
  why: 'Without token review the kubelet cannot know callers that use a service account token; monitoring is then often let in anonymously.',
  references: [
    kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/'),
    nsa('kubelet authentication'),
  ],
  evaluate(kubelet, report) {
    judgeSetting(
      kubelet,
      report,
      'authentication.webhook.enabled',
      kubelet.boolean('authentication.webhook.enabled'),
      (value) =>
        !value
          ? {
              message: `the kubelet does not check bearer tokens`,
              fix: kubelet.change('authentication.webhook.enabled', true),
            }
          : undefined,
    )
  },
  examples: {
    bad: kubeletWith(`authentication:
  webhook:
    enabled: false`),
    good: kubeletWith(`authentication:
  webhook:
    enabled: true`),
  },
})
