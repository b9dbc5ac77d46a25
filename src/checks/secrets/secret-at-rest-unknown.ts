import { apiserversOf } from '../../effective/index.js'
import { settingFact, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { secretWith } from './example-objects.js'

const FLAG = 'encryption-provider-config'

export const secretAtRestUnknown = defineCheck({
  id: 'secret-at-rest-unknown',
  title: 'Encryption at rest is on; whether every Secret is encrypted is not known',
  severity: 'info',
  because: 'only a look into etcd could tell, and writing all Secrets again settles it',
  reach: 'host',
  appliesTo: 'estate',
  why: 'The API server encrypts what it writes. Secrets that were written before encryption was switched on, or before the key was changed, lie in etcd and in its backups as they were until they are written again.',
  references: [kubernetesDocs('tasks/administer-cluster/encrypt-data/#ensure-all-secrets-are-encrypted')],
  evaluate({ estate, index }, report) {
    if (index.ofKind('', 'Secret').length === 0) return
    const servers = apiserversOf(estate)
    const facts = servers.map(({ config }) => settingFact(config, FLAG))
    if (facts.length === 0 || facts.every(({ known }) => !known)) {
      const detail = 'no API server was read: whether Secrets are encrypted at rest is not known'
      return report.unknown(unknown('no-source', detail))
    }
    // Where the flag is not set, nothing is encrypted, which is another finding.
    for (const fact of facts) {
      if (!fact.known || typeof fact.value !== 'string' || fact.value === '') continue
      return report.fail(
        { origin: fact.origin, key: FLAG, message: `\`${FLAG}\` is set` },
        {
          message: 'Secrets are encrypted when they are written; those of before may still lie in clear',
          fix: advice(
            'Write every Secret again, once, after encryption was switched on and after each change of the key: kubectl get secrets --all-namespaces -o json | kubectl replace -f -',
            { needs: 'every API server runs with the same encryption configuration' },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: secretWith({}), hosts: { 'cp-1': apiServer(`--${FLAG}=/etc/kubernetes/enc.yaml`) } },
    good: { manifests: secretWith({}), hosts: { 'cp-1': apiServer('--anonymous-auth=false') } },
  },
})

function apiServer(flag: string): { readonly processes: readonly string[] } {
  return { processes: [`kube-apiserver ${flag}`] }
}
