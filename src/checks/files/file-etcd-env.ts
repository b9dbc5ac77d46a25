import { defineCheck } from '../define-check.js'
import { cis } from '../references.js'
import { hostWith } from './example-files.js'
import { holdsCredential } from './file-kinds.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const fileEtcdEnv = defineCheck({
  id: 'file-etcd-env',
  title: 'Others than root may change how etcd is started',
  severity: 'medium',
  because:
    'who changes it lets anybody into the database of the cluster at the next start; low where it can only be read and holds no secret',
  reach: 'host',
  appliesTo: 'host',
  why: 'These files say where etcd listens and whether it asks for certificates.',
  references: [cis('2.1'), 'https://etcd.io/docs/v3.6/op-guide/configuration/'],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'etcd environment',
      what: 'unit, environment or configuration file of etcd',
      limit: 0o600,
      owners: ['etcd'],
      weigh: (access, file) =>
        writeWeight(access, 'medium', 'medium') ??
        (holdsCredential(file) ? readWeight(access, 'medium', 'medium') : readWeight(access, 'low', 'low')),
    })
  },
  examples: {
    bad: hostWith({ '/etc/etcd.env': { text: 'ETCD_CLIENT_CERT_AUTH=true\n', mode: 0o666 } }),
    good: hostWith({ '/etc/etcd.env': { text: 'ETCD_CLIENT_CERT_AUTH=true\n', mode: 0o600 } }),
  },
})
