import type { EstateInput, InlineFile } from '../../model/index.js'

/** A host of kubeadm with certificates and other files at the given paths. */
export function hostWithCertificates(
  files: Readonly<Record<string, InlineFile>>,
  processes: readonly string[] = [],
): EstateInput {
  return { hosts: { 'node-1': { files: { '/var/lib/kubelet/kubeadm-flags.env': '', ...files }, processes } } }
}

/** A node of which certificates were copied with a few other files, and none was among them. */
export const NO_CERTIFICATES: EstateInput = {
  hosts: { 'node-1': { files: { '/var/lib/kubelet/kubeadm-flags.env': '' }, copied: true } },
}

/** A kubeconfig with an embedded client certificate, its key taken out. */
export function kubeconfigOf(certificate: string, authority = ''): string {
  const data = (pem: string): string => Buffer.from(pem).toString('base64')
  return `apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster: {server: https://10.0.0.1:6443${authority === '' ? '' : `, certificate-authority-data: ${data(authority)}`}}
users:
- name: me
  user:
    client-certificate-data: ${data(certificate)}
    client-key-data: ""
contexts:
- name: me
  context: {cluster: kubernetes, user: me}
current-context: me
`
}
