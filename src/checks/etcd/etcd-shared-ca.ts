import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { settingEvidence } from '../judge-setting.js'
import { advice } from '../precondition.js'
import { unknown } from '../../model/index.js'
import { certificateFacts } from '../../pki/index.js'
import { CERTIFICATES } from '../certificates/example-certificates.js'
import { clusterAuthorities } from './cluster-authorities.js'

export const etcdSharedCa = defineCheck({
  id: 'etcd-shared-ca',
  title: 'etcd trusts the certificate authority of the cluster',
  severity: 'medium',
  because:
    'every certificate of a node, a person or a component opens the database; it needs one of these first',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'The authority of etcd should sign the clients of etcd and nothing else.',
  references: [cis('2.7'), kubernetesDocs('setup/best-practices/certificates/')],
  evaluate(etcd, report) {
    const ca = etcd.string('trusted-ca-file')
    if (!ca.known) return report.unknown(ca)
    if (ca.value === '') return report.notApplicable('etcd asks for no client certificate')
    const text = etcd.file?.(ca.value)?.text
    if (text === undefined)
      return report.unknown(unknown('no-source', `\`${ca.value}\` was not read`, ca.origin))
    const cluster = clusterAuthorities(etcd)
    if (cluster.size === 0)
      return report.unknown(unknown('no-source', 'the certificate authority of the cluster was not read'))
    const shared = certificateFacts(text).find(
      ({ publicKey }) => publicKey !== undefined && cluster.has(publicKey),
    )
    if (shared === undefined) return
    const other = cluster.get(shared.publicKey ?? '') ?? 'the cluster'
    report.fail(settingEvidence(etcd, 'trusted-ca-file', ca.origin), {
      message: `\`${ca.value}\` is the authority in \`${other}\`, which signs people and nodes`,
      fix: advice(
        'Make an authority for etcd alone, give the API servers client certificates of it, let etcd trust both for a while, then take the old one out.',
        { breaks: 'API servers whose certificate is of the old authority' },
      ),
    })
  },
  examples: {
    bad: etcdWith(
      {},
      {
        files: {
          '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
          '/etc/kubernetes/pki/etcd/ca.crt': CERTIFICATES.clusterCa,
        },
      },
    ),
    good: etcdWith(
      {},
      {
        files: {
          '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
          '/etc/kubernetes/pki/etcd/ca.crt': CERTIFICATES.etcdCa,
        },
      },
    ),
  },
})
