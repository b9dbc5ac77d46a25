import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { asString, valueAt } from '../../model/index.js'
import { advice } from '../precondition.js'
import { conditionsOf } from './csr-conditions.js'

export const certCsrLegacyUnknown = defineCheck({
  id: 'cert-csr-legacy-unknown',
  title: 'A certificate is asked of the signer legacy-unknown',
  severity: 'medium',
  because: 'what comes out is not said: the signer gives any use and any name that the request holds',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['CertificateSigningRequest.certificates.k8s.io'],
  why: 'kubernetes.io/legacy-unknown signs without the rules that newer signers keep, and whether the API server trusts the result depends on how the cluster was set up.',
  references: [kubernetesDocs('reference/access-authn-authz/certificate-signing-requests/')],
  evaluate(subject, report) {
    const { object } = subject
    const signer = asString(valueAt(object.content, ['spec', 'signerName']))
    const old = signer === undefined && object.ref.version === 'v1beta1'
    if ((signer !== 'kubernetes.io/legacy-unknown' && !old) || conditionsOf(object).has('Denied')) return
    report.fail(
      {
        origin: { kind: 'object', object, path: ['spec', 'signerName'] },
        message: 'the signer is `kubernetes.io/legacy-unknown`',
      },
      {
        message: 'it asks kubernetes.io/legacy-unknown, which signs whatever use and name the request holds',
        fix: advice(
          'Name a signer with rules: kubernetes.io/kube-apiserver-client, kubernetes.io/kubelet-serving, or one of your own; deny this request.',
        ),
      },
    )
  },
  examples: {
    bad: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: alice
  signerName: kubernetes.io/legacy-unknown
  request: ""
  usages: [client auth]
`,
    },
    good: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: alice
  signerName: kubernetes.io/kube-apiserver-client
  request: ""
  usages: [client auth]
`,
    },
  },
})
