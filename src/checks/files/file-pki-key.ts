import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { signsIdentities } from './signing-key.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const filePkiKey = defineCheck({
  id: 'file-pki-key',
  title: 'Others than root may read private keys of the control plane',
  severity: 'high',
  because:
    'who has the key is that component; critical for the key of a certificate authority or of service accounts, which make any identity',
  reach: 'host',
  appliesTo: 'host',
  why: 'A private key is the identity of a component. With the key of the cluster CA, or that of service accounts, anybody makes themselves an administrator, and it cannot be taken back without a new one.',
  references: [cis('1.1.19'), cis('1.1.21'), kubernetesDocs('setup/best-practices/certificates/')],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'private key',
      what: 'private key of Kubernetes',
      limit: 0o600,
      owners: ['kube', 'etcd'],
      weigh: (access, file) => {
        const worst = signsIdentities(file.path) ? 'critical' : 'high'
        return writeWeight(access, worst, 'high') ?? readWeight(access, worst, 'high')
      },
      // file-pki-dir asks about the folders.
      foldersElsewhere: () => true,
    })
  },
  examples: {
    bad: hostWith({ '/etc/kubernetes/pki/apiserver.key': { text: '', mode: 0o644 } }),
    good: hostWith({ '/etc/kubernetes/pki/apiserver.key': { text: '', mode: 0o600 } }),
  },
})
