import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { asString, valueAt } from '../../model/index.js'
import { advice } from '../precondition.js'
import { conditionsOf } from './csr-conditions.js'

const KUBELETS = 'kubernetes.io/kube-apiserver-client-kubelet'

/** Signers whose certificates the API server lets in. */
const SIGNERS: ReadonlySet<string> = new Set([
  'kubernetes.io/kube-apiserver-client',
  KUBELETS,
  'kubernetes.io/legacy-unknown',
])

/** Asks for the first certificate of each node. Source: openshift/machine-config-operator, bootstrap tokens of nodes. */
const OPENSHIFT = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper'

export const certCsrServiceAccount = defineCheck({
  id: 'cert-csr-service-account',
  title: 'A service account asks for a client certificate of the API server',
  severity: 'high',
  because:
    'a certificate outlives the token that asked for it, and cannot be taken back; low once it was denied',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['CertificateSigningRequest.certificates.k8s.io'],
  why: 'With such a certificate a pod keeps an identity of its choice after it is gone. Nothing that ships with Kubernetes asks so.',
  references: [cis('3.1.2'), kubernetesDocs('reference/access-authn-authz/certificate-signing-requests/')],
  evaluate(subject, report) {
    const { object } = subject
    const user = asString(valueAt(object.content, ['spec', 'username'])) ?? ''
    const signer = asString(valueAt(object.content, ['spec', 'signerName'])) ?? ''
    if (!user.startsWith('system:serviceaccount:') || !SIGNERS.has(signer)) return
    if (signer === KUBELETS && user === OPENSHIFT) return
    const conditions = conditionsOf(object)
    const done = conditions.has('Approved')
      ? 'and it was approved'
      : conditions.has('Denied')
        ? 'and it was denied'
        : 'and it waits'
    const message = `${user} asks ${signer} for a certificate, ${done}`
    report.fail(
      { origin: { kind: 'object', object, path: ['spec', 'username'] }, message },
      {
        message,
        ...(conditions.has('Denied')
          ? { severity: 'low', because: 'it was denied; who asked is worth a look' }
          : {}),
        fix: advice(
          `Find out what runs as ${user} and why it asks; deny the request, and take the right to create certificatesigningrequests away. A certificate that was issued works until it ends.`,
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
  username: system:serviceaccount:ci:runner
  signerName: kubernetes.io/kube-apiserver-client
  request: ""
  usages: [client auth]
`,
    },
    good: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: system:node:node-1
  signerName: kubernetes.io/kube-apiserver-client-kubelet
  request: ""
  usages: [client auth]
`,
    },
  },
})
