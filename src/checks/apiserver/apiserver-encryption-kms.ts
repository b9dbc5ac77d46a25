import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { encryptionOfSecrets } from './encryption-of-secrets.js'
import { encryptedWith, KMS, SECRETBOX } from './example-encryption.js'

export const apiserverEncryptionKms = defineCheck({
  id: 'apiserver-encryption-kms',
  title: 'The key of encryption at rest lies on the host that it protects',
  severity: 'info',
  because:
    'root on a host of the control plane has key and data; a key management service can refuse, log and rotate',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'A key in a file beside the API server protects backups and disks, not the host. With kms v2 the key stays in a service of its own.',
  references: [kubernetesDocs('tasks/administer-cluster/kms-provider/')],
  evaluate(apiserver, report) {
    const encryption = encryptionOfSecrets(apiserver, report)
    const writer = encryption?.writer
    if (encryption === undefined) return
    if (writer === undefined || writer.kind === 'identity')
      return report.notApplicable('Secrets are not encrypted')
    if (writer.kind === 'kms') return
    report.fail(
      {
        origin: encryption.document.originAt(writer.place),
        key: writer.kind,
        message: `\`${writer.kind}\` takes its key from this file`,
      },
      {
        message: `Secrets are encrypted with a key in \`${encryption.document.file.path}\``,
        fix: advice(
          'Run a KMS plug-in on every host of the control plane and put a kms provider of apiVersion v2 first; leave the present provider behind it until all Secrets were written again.',
          { breaks: 'API servers do not start and Secrets cannot be read while the plug-in does not answer' },
        ),
      },
    )
  },
  examples: { bad: encryptedWith([SECRETBOX]), good: encryptedWith([KMS]) },
})
