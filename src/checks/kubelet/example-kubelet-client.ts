import type { EstateInput } from '../../model/index.js'

const APISERVER = `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
  - name: kube-apiserver
    command:
    - kube-apiserver
    - --client-ca-file=/etc/kubernetes/pki/ca.crt
    - --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
    volumeMounts: [{mountPath: /etc/kubernetes/pki, name: pki}]
  volumes: [{hostPath: {path: /etc/kubernetes/pki}, name: pki}]
`

/** A host with an API server and a kubelet: the CA of users, the CA of the kubelet, the API server's certificate for it. */
export function hostWith(
  files: { users: string; kubelet: string; client: string },
  binding = '',
): EstateInput {
  return {
    ...(binding === '' ? {} : { manifests: binding, complete: true }),
    hosts: {
      'cp-1': {
        files: {
          '/var/lib/kubelet/config.yaml': `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/kubelet-ca.crt\n`,
          '/etc/kubernetes/manifests/kube-apiserver.yaml': APISERVER,
          '/etc/kubernetes/pki/ca.crt': files.users,
          '/etc/kubernetes/pki/kubelet-ca.crt': files.kubelet,
          '/etc/kubernetes/pki/apiserver-kubelet-client.crt': files.client,
        },
        processes: ['/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml'],
      },
    },
  }
}

/** The right binding of that certificate's name. */
export const BINDING = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: kubelet-api}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: system:kubelet-api-admin}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: kube-apiserver-kubelet-client}]
`
