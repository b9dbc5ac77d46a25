import type { Host } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { CERTIFICATES } from './example-certificates.js'
import { kubeconfigOf } from './example-hosts.js'
import { certificatesOfHost, type FoundCertificate } from '../../certificates/index.js'

/** Groups whose members may do everything, by themselves or as kubeadm binds them. */
const ADMINS: ReadonlySet<string> = new Set(['system:masters', 'kubeadm:cluster-admins'])

export const certAdminShared = defineCheck({
  id: 'cert-admin-shared',
  title: 'One certificate of an administrator is on several hosts',
  severity: 'medium',
  because:
    'whoever breaks into one of the hosts is administrator, and the audit log does not tell who it was',
  reach: 'host',
  appliesTo: 'estate',
  why: 'kubeadm makes an admin.conf of its own on every control-plane node. A copied one is stolen in more places, and cannot be taken back in one of them.',
  references: [cis('5.1.7'), kubernetesDocs('tasks/administer-cluster/kubeadm/kubeadm-certs/')],
  evaluate({ estate }, report) {
    if (estate.hosts.length < 2) return report.notApplicable('fewer than two hosts were read')
    const byKey = new Map<string, { readonly host: Host; readonly certificate: FoundCertificate }[]>()
    for (const host of estate.hosts) {
      for (const certificate of certificatesOfHost(host)) {
        const { publicKey, ca, groups } = certificate
        if (publicKey === undefined || ca || !groups.some((group) => ADMINS.has(group))) continue
        byKey.set(publicKey, [...(byKey.get(publicKey) ?? []), { host, certificate }])
      }
    }
    for (const places of byKey.values()) {
      const hosts = [...new Set(places.map(({ host }) => host.name))].sort()
      const first = places[0]
      if (hosts.length < 2 || first === undefined) continue
      const message = `the key of ${first.certificate.user} is on ${hosts.join(', ')}`
      report.fail(
        places.map(({ host, certificate }) => ({
          origin: certificate.origin,
          key: `${host.name} ${certificate.key}`,
          message: `the certificate of ${certificate.user} on ${host.name}`,
        })),
        {
          message,
          fix: advice(
            'Keep one of the copies, in a safe; give people and pipelines credentials of their own, which end soon, and take the other files away.',
          ),
        },
      )
    }
  },
  examples: {
    bad: hostsWith(CERTIFICATES.admin, CERTIFICATES.admin),
    good: hostsWith(CERTIFICATES.admin, CERTIFICATES.node),
  },
})

function hostsWith(...certificates: readonly string[]) {
  return {
    hosts: Object.fromEntries(
      certificates.map((certificate, index) => [
        `node-${index + 1}`,
        { files: { '/etc/kubernetes/admin.conf': kubeconfigOf(certificate) } },
      ]),
    ),
  }
}
