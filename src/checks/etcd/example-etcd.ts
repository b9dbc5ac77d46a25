import type { Example } from '../define-check.js'
import { staticPodWith, type ControlPlaneExample } from '../example-control-plane.js'

/** The flags that kubeadm gives to etcd, as far as checks ask about them; `more` replaces those of the same name. */
const KUBEADM: Readonly<Record<string, string>> = {
  'cert-file': '/etc/kubernetes/pki/etcd/server.crt',
  'client-cert-auth': 'true',
  'data-dir': '/var/lib/etcd',
  'initial-cluster': 'cp-1=https://10.0.0.1:2380',
  'key-file': '/etc/kubernetes/pki/etcd/server.key',
  'listen-client-urls': 'https://127.0.0.1:2379,https://10.0.0.1:2379',
  'listen-metrics-urls': 'http://127.0.0.1:2381',
  'listen-peer-urls': 'https://10.0.0.1:2380',
  'peer-cert-file': '/etc/kubernetes/pki/etcd/peer.crt',
  'peer-client-cert-auth': 'true',
  'peer-key-file': '/etc/kubernetes/pki/etcd/peer.key',
  'peer-trusted-ca-file': '/etc/kubernetes/pki/etcd/ca.crt',
  'trusted-ca-file': '/etc/kubernetes/pki/etcd/ca.crt',
}

/** A host with the etcd of kubeadm, some of whose flags are others, or left out (undefined). */
export function etcdWith(
  more: Readonly<Record<string, string | undefined>> = {},
  example: ControlPlaneExample = {},
): Example {
  const flags = Object.entries({ ...KUBEADM, ...more }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  )
  return staticPodWith('etcd', flags, { version: '3.6.5-0', ...example })
}

/** The configuration file that k3s writes for its etcd. */
export function etcdOfK3s(config: string): Example {
  return {
    hosts: {
      'cp-1': {
        files: { '/var/lib/rancher/k3s/server/db/etcd/config': config },
        processes: ['/usr/local/bin/k3s server'],
      },
    },
  }
}

/** An etcd whose configuration file was not read. */
export const ETCD_UNREAD: Example = {
  hosts: { 'cp-1': { processes: ['/usr/bin/etcd --config-file=/srv/etcd.yaml --client-cert-auth=true'] } },
}

/** An etcd that a unit runs on its host, with files there. */
export function etcdOnHost(files: NonNullable<ControlPlaneExample['files']>): Example {
  return { hosts: { 'cp-1': { files, processes: ['/usr/local/bin/etcd --data-dir=/var/lib/etcd'] } } }
}
