import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

export const apiserverAdmissionMutatingWebhook = defineCheck({
  id: 'apiserver-admission-mutating-webhook',
  title: 'Changing admission webhooks are registered but never asked',
  severity: 'high',
  because: 'every policy that is enforced by such a webhook is off without a sign of it',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Policy engines, image verification and side-car injection register webhooks; where this plug-in is off their configurations can be created, and nothing calls them.',
  references: [
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#mutatingadmissionwebhook'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'MutatingAdmissionWebhook')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'no changing admission webhook is called',
      fix: {
        ...switchOn(apiserver, 'MutatingAdmissionWebhook'),
        breaks:
          'webhooks that are registered begin to act, and refuse where they cannot be reached and do not say otherwise',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=MutatingAdmissionWebhook']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
