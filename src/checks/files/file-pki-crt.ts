import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { judgeFiles } from './judge-files.js'
import { writeWeight } from './weights.js'

export const filePkiCrt = defineCheck({
  id: 'file-pki-crt',
  title: 'Others than root may change certificates of the control plane',
  severity: 'high',
  because: 'who changes a certificate authority is let in by everything that trusts it',
  reach: 'host',
  appliesTo: 'host',
  why: 'Components trust what these files hold: a certificate authority put beside the real one signs administrators.',
  references: [cis('1.1.19'), cis('1.1.20'), kubernetesDocs('setup/best-practices/certificates/')],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'certificate',
      what: 'certificate of the control plane',
      limit: 0o644,
      owners: ['kube', 'etcd'],
      weigh: (access) => writeWeight(access, 'high', 'high'),
      // file-pki-dir asks about the folders.
      foldersElsewhere: () => true,
    })
  },
  examples: {
    bad: hostWith({ '/etc/kubernetes/pki/apiserver.crt': { text: '', mode: 0o666 } }),
    good: hostWith({ '/etc/kubernetes/pki/apiserver.crt': { text: '', mode: 0o644 } }),
  },
})
