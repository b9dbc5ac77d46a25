import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOn } from './plugin-in-force.js'

export const apiserverAdmissionCertificateSigning = defineCheck({
  id: 'apiserver-admission-certificate-signing',
  title: 'Issued certificates can be set without the right to sign for their signer',
  severity: 'high',
  because:
    'a right to update certificatesigningrequests/status alone then hands out certificates in the name of any signer',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'This plug-in asks whoever writes the certificate into a request for the verb sign on its signer.',
  references: [kubernetesDocs('reference/access-authn-authz/admission-controllers/#certificatesigning')],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, 'CertificateSigning')
    if (state === undefined || state.on) return
    report.fail(state.evidence, {
      message: 'signers are not checked when a certificate is set',
      fix: {
        ...switchOn(apiserver, 'CertificateSigning'),
        breaks: 'signers that lack the verb sign on their name are refused',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--disable-admission-plugins=CertificateSigning']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
