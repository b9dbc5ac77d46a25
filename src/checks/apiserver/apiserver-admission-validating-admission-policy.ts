import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'
import { minorOf } from '../../effective/index.js'

/** Stable and on. Source: k8s.io/apiserver v0.30.0 pkg/features/kube_features.go, ValidatingAdmissionPolicy. */
const SINCE = 30

export const apiserverAdmissionValidatingAdmissionPolicy = defineCheck({
  id: 'apiserver-admission-validating-admission-policy',
  title: 'Validating admission policies are stored but never evaluated',
  severity: 'high',
  because: 'every rule that is enforced by such a policy is off without a sign of it',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'ValidatingAdmissionPolicy objects are evaluated by this plug-in alone; where it is off they can be created and bound, and nothing is refused.',
  references: [
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#validatingadmissionpolicy'),
  ],
  evaluate(apiserver, report) {
    if ((minorOf(apiserver.version) ?? SINCE) < SINCE) {
      return report.notApplicable(`validating admission policies act from Kubernetes 1.${SINCE}`)
    }
    const state = pluginInForce(apiserver, report, 'ValidatingAdmissionPolicy')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'no ValidatingAdmissionPolicy is evaluated',
      fix: {
        ...switchOn(apiserver, 'ValidatingAdmissionPolicy'),
        breaks: 'policies that are bound begin to act',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=ValidatingAdmissionPolicy']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
