import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

export const apiserverAdmissionServiceAccount = defineCheck({
  id: 'apiserver-admission-service-account',
  title: 'Service accounts of pods are not enforced',
  severity: 'high',
  because:
    'pods get no identity of their own, and mirror pods may name service accounts and Secrets as they like',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'This plug-in gives each pod its service account and a short-lived token, and refuses mirror pods that reach for service accounts, Secrets and tokens. Without it that is left to whoever writes the pod.',
  references: [
    cis('1.2.12'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#serviceaccount'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'ServiceAccount')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'the plug-in that binds pods to service accounts is off',
      fix: {
        ...switchOn(apiserver, 'ServiceAccount'),
        breaks: 'pods that name a service account which does not exist are refused',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=ServiceAccount']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
