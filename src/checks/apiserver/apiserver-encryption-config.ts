import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { etcdExposure } from './etcd-exposure.js'
import { apiserverWith } from './example-apiserver.js'
import { ENCRYPTION, encryptedWith, SECRETBOX } from './example-encryption.js'

export const apiserverEncryptionConfig = defineCheck({
  id: 'apiserver-encryption-config',
  title: 'Secrets are stored in clear in etcd',
  severity: 'medium',
  because:
    'a backup, a disk or a member of etcd gives every Secret of the cluster, past RBAC; high where etcd answers anybody or every user of the host may read its database',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'Without --encryption-provider-config the API server stores Secrets as they are. Whoever gets at the files of etcd, at a snapshot of the volume or at a backup reads them all.',
  references: [
    cis('1.2.27'),
    nsa('Secrets encryption at rest'),
    kubernetesDocs('tasks/administer-cluster/encrypt-data/'),
  ],
  evaluate(apiserver, report) {
    const flag = 'encryption-provider-config'
    const exposed = etcdExposure(apiserver.machine)
    judgeFlag(apiserver, report, flag, apiserver.string(flag), (path) =>
      path === ''
        ? {
            message: `nothing is encrypted at rest${exposed === undefined ? '' : `, and ${exposed}`}`,
            ...(exposed === undefined
              ? {}
              : { severity: 'high' as const, because: 'what etcd keeps is open, and every Secret with it' }),
            fix: advice(
              `Write an EncryptionConfiguration (kms v2, or secretbox, for secrets; identity last), readable by root alone, for instance ${ENCRYPTION}; mount it into the pod of kube-apiserver and set --${flag} on every API server. Then rewrite what is stored: kubectl get secrets -A -o json | kubectl replace -f -`,
              {
                breaks:
                  'Secrets stay in clear until they are written again; an API server without the file, or with another key, cannot read them; a lost key loses the Secrets',
              },
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=Node,RBAC']),
    good: encryptedWith([SECRETBOX, 'identity: {}']),
  },
})
