import type { Fix, Host } from '../../model/index.js'
import { advice } from '../precondition.js'
import type { FoundCertificate } from '../../certificates/index.js'

/** How a certificate is made anew: by who made it, where that is known. */
export function renewal({ distribution }: Host, certificate: FoundCertificate): Fix {
  const { path } = certificate.file
  if (certificate.ca)
    return advice(
      `Plan a new certificate authority in the place of ${certificate.subject}: hand the new one out beside the old one, sign everything anew, then take the old one out.`,
      { breaks: 'everything that trusts the old one alone' },
    )
  if (
    distribution === 'kubeadm' &&
    /^\/etc\/kubernetes\/(?:pki\/|(?:super-)?(?:admin|controller-manager|scheduler)\.conf$)/.test(path)
  )
    return {
      text: 'Renew the certificates that kubeadm made (`kubeadm certs renew all`), then restart the control plane: kube-apiserver, kube-controller-manager, kube-scheduler and etcd read them when they start.',
      edits: [],
      commands: ['kubeadm certs renew all'],
      risk: 'restart',
      needs: [],
      restart: 'kube-apiserver, kube-controller-manager, kube-scheduler, etcd',
      verify: 'kubeadm certs check-expiration',
    }
  if (distribution === 'k3s' || distribution === 'rke2')
    return advice(
      `Restart ${distribution}: it makes certificates that soon end anew when it starts (or \`${distribution} certificate rotate\`).`,
      { breaks: 'the API for a moment' },
    )
  if (/\/var\/lib\/kubelet\/pki\//.test(path))
    return advice(
      'Find out why the kubelet does not renew its certificate: `rotateCertificates` (or `serverTLSBootstrap`), and whether its signing requests are approved.',
    )
  return advice(
    `Have the certificate in ${path} made anew by who signed it, put it in place, and restart what reads it.`,
  )
}
