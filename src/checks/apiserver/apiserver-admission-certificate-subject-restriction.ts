import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

export const apiserverAdmissionCertificateSubjectRestriction = defineCheck({
  id: 'apiserver-admission-certificate-subject-restriction',
  title: 'Certificates for the group system:masters can be requested',
  severity: 'high',
  because: 'once approved such a certificate is cluster-admin that no RBAC rule can take back before it ends',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'This plug-in refuses requests to kubernetes.io/kube-apiserver-client whose organization is system:masters.',
  references: [
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#certificatesubjectrestriction'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'CertificateSubjectRestriction')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'requests for certificates of system:masters are not refused',
      fix: switchOn(apiserver, 'CertificateSubjectRestriction'),
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=CertificateSubjectRestriction']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
