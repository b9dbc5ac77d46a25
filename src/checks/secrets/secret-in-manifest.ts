import { isObject, unknown, type SecretValueFacts } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { secretWith } from './example-objects.js'

export const secretInManifest = defineCheck({
  id: 'secret-in-manifest',
  title: 'A manifest holds a Secret with its values',
  severity: 'medium',
  because: 'whoever may read the repository has them, base64 or not, and its history keeps them',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Secret'],
  why: 'Base64 is no encryption. What was once in a repository is in every clone and every backup of it; taking it out later takes it out of none of them.',
  references: [nsa('Secrets'), kubernetesDocs('concepts/security/secrets-good-practices/')],
  evaluate({ object }, report) {
    if (object.source !== 'manifest') return
    for (const part of ['data', 'stringData'] as const) {
      const values = object.content[part]
      if (values === undefined || values === null || isObject(values)) continue
      const origin = { kind: 'object', object, path: [part] } as const
      report.unknown(unknown('unparsable', `\`${part}\` is not a mapping`, origin))
    }
    // SOPS leaves its own part in the file that it encrypts.
    if (isObject(object.content.sops)) return
    for (const [key, { kind }] of Object.entries<SecretValueFacts>(object.secretValues ?? {})) {
      if (kind !== 'value') continue
      const part =
        isObject(object.content.stringData) && key in object.content.stringData ? 'stringData' : 'data'
      report.fail(
        {
          origin: { kind: 'object', object, path: [part, key] },
          key: `data ${key}`,
          message: `\`${key}\` has a value`,
        },
        {
          message: `\`${key}\` stands in the manifest with its value`,
          fix: advice(
            'Change the credential where it was issued. Then keep it out of the repository: encrypt the file (SOPS, Sealed Secrets), or let an operator fetch it (External Secrets, Secrets Store CSI Driver).',
            { breaks: 'deployments that apply this file, until something else makes the Secret' },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: secretWith({ stringData: { password: 'hunter2' } }) },
    good: { manifests: secretWith({ stringData: { password: '${DB_PASSWORD}' } }) },
  },
})
