import { certificateFacts } from '../../pki/index.js'
import type { ComponentSubject } from '../define-check.js'

/** Places of the authority that signs people and nodes, beside the file that the API server is given. */
const PLACES = [
  '/etc/kubernetes/pki/ca.crt',
  '/etc/kubernetes/ssl/ca.crt',
  '/var/lib/minikube/certs/ca.crt',
  '/var/lib/rancher/k3s/server/tls/client-ca.crt',
  '/var/lib/rancher/rke2/server/tls/client-ca.crt',
]

/** Files of the cluster's certificate authorities on the host of an etcd, by the public keys in them. */
export function clusterAuthorities({ machine }: ComponentSubject): ReadonlyMap<string, string> {
  const flags = (machine?.commands ?? [])
    .filter(({ component }) => component === 'kube-apiserver')
    .flatMap(({ args }) => args.flatMap(({ value }) => /^--client-ca-file=(.+)$/.exec(value)?.[1] ?? []))
  return new Map(
    [...PLACES, ...flags].flatMap((path) =>
      certificateFacts(machine?.files.get(path)?.text ?? '').flatMap(({ publicKey }) =>
        publicKey === undefined ? [] : [[publicKey, path] as const],
      ),
    ),
  )
}
