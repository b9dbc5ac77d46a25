import type { Host } from '../../model/index.js'
import { certificatesOfHost, type FoundCertificate } from '../../certificates/index.js'

/** Certificates of system:masters that distributions make for themselves, and the one that administrators begin with. */
const OWN =
  /^\/(?:etc\/kubernetes\/super-admin\.conf|var\/lib\/rancher\/(?:k3s|rke2)\/server\/(?:tls|cred)\/[\w./-]+|etc\/rancher\/(?:k3s|rke2)\/(?:k3s|rke2)\.yaml|var\/snap\/microk8s\/current\/(?:certs|credentials)\/[\w.-]+|var\/lib\/k0s\/pki\/[\w.-]+|(?:[\w.-]+\/)+apiserver-kubelet-client\.crt)$/

const ADMIN = '/etc/kubernetes/admin.conf'
const SUPER_ADMIN = '/etc/kubernetes/super-admin.conf'

/**
 * Whether a certificate of system:masters is the one for the day on which RBAC is broken, a copy of it on its own host, or
 * one that a component is given. Before 1.29, kubeadm's admin.conf was the one; since then super-admin.conf is.
 * Source: kubernetes v1.29.0 cmd/kubeadm/app/phases/kubeconfig/kubeconfig.go.
 */
export function breaksGlass(host: Host, certificate: FoundCertificate): boolean {
  if (isOwn(host, certificate.file.path)) return true
  return certificatesOfHost(host).some(
    ({ publicKey, file }) =>
      publicKey !== undefined && publicKey === certificate.publicKey && isOwn(host, file.path),
  )
}

function isOwn(host: Host, path: string): boolean {
  return OWN.test(path) || (path === ADMIN && !host.files.has(SUPER_ADMIN))
}
