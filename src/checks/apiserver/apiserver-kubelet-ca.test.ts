import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverKubeletCa } from './apiserver-kubelet-ca.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverKubeletCa, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'not given',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'high', path: 'kubelet-certificate-authority', fix: 'advice' }],
  },
  {
    name: 'given',
    kind: 'passing',
    given: apiserverWith(['--kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt']),
    expect: [],
  },
  {
    name: 'kubelets that sign their own certificates',
    kind: 'odd',
    given: apiserverWith(['--v=2'], {
      manifests: `apiVersion: v1
kind: ConfigMap
metadata: {name: kubelet-config, namespace: kube-system}
data:
  kubelet: |
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
`,
    }),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice' }],
  },
  {
    name: 'kubelets that ask for certificates',
    kind: 'odd',
    given: apiserverWith(['--v=2'], {
      manifests: `apiVersion: v1
kind: ConfigMap
metadata: {name: kubelet-config, namespace: kube-system}
data:
  kubelet: |
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    serverTLSBootstrap: true
`,
    }),
    expect: [{ result: 'fail', severity: 'high', fix: 'advice' }],
  },
])
