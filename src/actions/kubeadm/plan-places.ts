/** Where the files of a set-up lie on each host of the control plane. */
export const PLACES = {
  kubeadm: '/etc/kubernetes/kubeadm',
  hardening: '/etc/kubernetes/hardening',
  patches: '/etc/kubernetes/patches',
  pki: '/etc/kubernetes/pki',
  auditLog: '/var/log/kubernetes/audit',
  discovery: '/etc/kubernetes/kubeadm/discovery.conf',
} as const

/** The path of a file that the API server is given. */
export function hardening(name: string): string {
  return `${PLACES.hardening}/${name}`
}
