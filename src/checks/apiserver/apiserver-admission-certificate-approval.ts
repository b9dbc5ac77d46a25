import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

export const apiserverAdmissionCertificateApproval = defineCheck({
  id: 'apiserver-admission-certificate-approval',
  title: 'Certificate requests can be approved without the right to approve for their signer',
  severity: 'high',
  because:
    'a right to update certificatesigningrequests/approval alone then makes client certificates of any user',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'RBAC on the approval sub-resource does not tell signers apart; this plug-in asks for the verb approve on the signer as well.',
  references: [kubernetesDocs('reference/access-authn-authz/admission-controllers/#certificateapproval')],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'CertificateApproval')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'approvals are not checked against the right to approve for the signer',
      fix: {
        ...switchOn(apiserver, 'CertificateApproval'),
        breaks: 'approvers that lack the verb approve on their signer are refused',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=CertificateApproval']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
