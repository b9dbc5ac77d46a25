import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const fileEncryptionConfig = defineCheck({
  id: 'file-encryption-config',
  title: 'Others than root may read the keys that encrypt Secrets at rest',
  severity: 'high',
  because: 'with the key, a copy of the database or of a backup is plain text; lower for a group',
  reach: 'host',
  appliesTo: 'host',
  why: 'The encryption configuration holds the key itself unless a KMS does. Who changes it decides whether anything is encrypted.',
  references: [cis('1.2.27'), kubernetesDocs('tasks/administer-cluster/encrypt-data/')],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'encryption configuration',
      what: 'encryption configuration',
      limit: 0o600,
      weigh: (access) => writeWeight(access, 'high', 'medium') ?? readWeight(access, 'high', 'medium'),
    })
  },
  examples: {
    bad: hostWith(
      {
        '/etc/kubernetes/enc/enc.yaml': {
          text: 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources: []\n',
          mode: 0o644,
        },
      },
      ['/usr/bin/kube-apiserver --encryption-provider-config=/etc/kubernetes/enc/enc.yaml'],
    ),
    good: hostWith(
      {
        '/etc/kubernetes/enc/enc.yaml': {
          text: 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources: []\n',
          mode: 0o600,
        },
      },
      ['/usr/bin/kube-apiserver --encryption-provider-config=/etc/kubernetes/enc/enc.yaml'],
    ),
  },
})
