import { minorOf } from '../../effective/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { encryptionOfSecrets } from './encryption-of-secrets.js'
import { encryptedWith, KMS } from './example-encryption.js'

/** Off unless asked for. Source: k8s.io/apiserver v0.36.3 pkg/features/kube_features.go, KMSv1. */
const OFF_SINCE = 29

export const apiserverEncryptionKmsV1 = defineCheck({
  id: 'apiserver-encryption-kms-v1',
  title: 'Encryption at rest uses version 1 of the KMS protocol',
  severity: 'medium',
  because:
    'its way of asking for keys is deprecated since 1.28 and off by default since 1.29: an upgrade stops the API server',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'A kms provider without `apiVersion: v2` is of version 1. It asks the service for every object, hides rotations of the key, and the API server refuses to start with it unless the gate KMSv1 is set.',
  references: [kubernetesDocs('tasks/administer-cluster/kms-provider/')],
  evaluate(apiserver, report) {
    const encryption = encryptionOfSecrets(apiserver, report)
    if (encryption === undefined) return
    const { document } = encryption
    const refused = (minorOf(apiserver.version) ?? 0) >= OFF_SINCE
    for (const provider of document.value.entries.flatMap((entry) => entry.providers)) {
      if (provider.apiVersion !== 'v1') continue
      const name = provider.name ?? ''
      report.fail(
        {
          origin: document.originAt(provider.place),
          key: `kms ${name}`,
          message: `the kms provider \`${name}\` is of version 1`,
        },
        {
          message: `the kms provider \`${name}\` is of version 1${refused ? ', which needs the feature gate KMSv1' : ''}`,
          fix: advice(
            `Add a kms provider of apiVersion v2 under another name before \`${name}\`, restart every API server, write all Secrets again, then take \`${name}\` out.`,
            { breaks: 'the plug-in has to speak version 2' },
          ),
        },
      )
    }
  },
  examples: { bad: encryptedWith([KMS.replace('apiVersion: v2, ', '')]), good: encryptedWith([KMS]) },
})
