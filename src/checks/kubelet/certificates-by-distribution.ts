import type { ComponentSubject } from '../define-check.js'

/**
 * Who renews the certificates of a kubelet instead of the kubelet, in one sentence; undefined where nobody does.
 * Source: the documentation of k3s, `k3s certificate`: a certificate that soon runs out is made anew at a start.
 */
export function certificatesRenewedBy({ distribution }: ComponentSubject): string | undefined {
  if (distribution !== 'k3s' && distribution !== 'rke2') return undefined
  return `${distribution} renews the certificates of its kubelets when it starts`
}
