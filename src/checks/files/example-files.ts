import type { EstateInput, InlineFile } from '../../model/index.js'

/** A host with files of the given modes and owners, for examples and tests. */
export function hostWith(
  files: Readonly<Record<string, InlineFile>>,
  processes: readonly string[] = [],
): EstateInput {
  return {
    hosts: { 'node-1': { files: { '/etc/passwd': PASSWD, '/etc/group': GROUP, ...files }, processes } },
  }
}

/** The same files as copies, of which modes and owners are not known. */
export function copyWith(files: Readonly<Record<string, InlineFile>>): EstateInput {
  return { hosts: { 'node-1': { files, copied: true } } }
}

const PASSWD = `root:x:0:0::/root:/bin/sh
etcd:x:997:997::/:/usr/sbin/nologin
kube:x:996:996::/:/usr/sbin/nologin
alice:x:1000:1000::/home/alice:/bin/sh
`

const GROUP = `root:x:0:
etcd:x:997:
kube:x:996:
ops:x:1001:alice
`

/** A kubeconfig that holds its credential. */
export const KUBECONFIG_WITH_TOKEN = `apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster: {server: https://10.0.0.1:6443}
contexts:
- name: admin
  context: {cluster: kubernetes, user: admin}
current-context: admin
users:
- name: admin
  user: {token: not-a-real-one}
`

/** A kubeconfig whose credential is in other files. */
export const KUBECONFIG_WITH_FILES = KUBECONFIG_WITH_TOKEN.replace(
  '{token: not-a-real-one}',
  '{client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem, client-key: /var/lib/kubelet/pki/kubelet-client-current.pem}',
)
