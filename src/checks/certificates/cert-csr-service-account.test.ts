import { checkTests } from '../../../test/kit/check-tests.js'
import { certCsrServiceAccount } from './cert-csr-service-account.js'

checkTests(certCsrServiceAccount, [
  {
    name: 'approved',
    kind: 'failing',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: system:serviceaccount:ci:runner
  signerName: kubernetes.io/kube-apiserver-client
  request: ""
  usages: [client auth]
status: {conditions: [{type: Approved, status: 'True'}]}
`,
    },
    expect: [
      { result: 'fail', severity: 'high', path: 'spec.username', fix: 'advice', message: /it was approved/ },
    ],
  },
  {
    name: 'as a node',
    kind: 'failing',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: system:serviceaccount:ci:runner
  signerName: kubernetes.io/kube-apiserver-client-kubelet
  request: ""
  usages: [client auth]
`,
    },
    expect: [{ result: 'fail', severity: 'high', message: /it waits/ }],
  },
  {
    name: 'a node for itself',
    kind: 'passing',
    given: {
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
    expect: [],
  },
  {
    name: 'denied',
    kind: 'odd',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: system:serviceaccount:ci:runner
  signerName: kubernetes.io/kube-apiserver-client
  request: ""
  usages: [client auth]
status: {conditions: [{type: Denied, status: 'True'}]}
`,
    },
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a signer that is not the API server\\u2019s',
    kind: 'odd',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: system:serviceaccount:ci:runner
  signerName: example.com/mesh
  request: ""
  usages: [client auth]
`,
    },
    expect: [],
  },
  {
    name: 'how OpenShift makes its nodes',
    kind: 'odd',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: system:serviceaccount:openshift-machine-config-operator:node-bootstrapper
  signerName: kubernetes.io/kube-apiserver-client-kubelet
  request: ""
  usages: [client auth]
`,
    },
    expect: [],
  },
  {
    name: 'who asked is set by the API server: a manifest does not say it',
    kind: 'unknown',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  signerName: kubernetes.io/kube-apiserver-client
  request: ""
  usages: [client auth]
`,
    },
    expect: [],
  },
])
