import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

export const apiserverAdmissionValidatingWebhook = defineCheck({
  id: 'apiserver-admission-validating-webhook',
  title: 'Validating admission webhooks are registered but never asked',
  severity: 'high',
  because: 'every policy that is enforced by such a webhook is off without a sign of it',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Policy engines, image verification and side-car injection register webhooks; where this plug-in is off their configurations can be created, and nothing calls them.',
  references: [
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#validatingadmissionwebhook'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'ValidatingAdmissionWebhook')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'no validating admission webhook is called',
      fix: {
        ...switchOn(apiserver, 'ValidatingAdmissionWebhook'),
        breaks:
          'webhooks that are registered begin to act, and refuse where they cannot be reached and do not say otherwise',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=ValidatingAdmissionWebhook']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
