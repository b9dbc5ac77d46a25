import { secretsInConfigMap } from '../../kube/index.js'
import { field, isObject, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { configMap } from './example-objects.js'
import { judgePlaces, reportRedacted } from './judge-places.js'

export const secretInConfigmap = defineCheck({
  id: 'secret-in-configmap',
  title: 'A ConfigMap holds a secret',
  severity: 'high',
  because: 'its value has the form of a credential; medium where only the name of the key says so',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ConfigMap'],
  why: 'ConfigMaps are made for what everybody may see: the role view reads them, they are not encrypted at rest by default where Secrets are, and tools print them.',
  references: [nsa('Secrets'), kubernetesDocs('concepts/configuration/secret/')],
  evaluate({ object }, report) {
    const data = field(object.content, 'data')
    if (data !== undefined && data !== null && !isObject(data)) {
      const origin = { kind: 'object', object, path: ['data'] } as const
      return report.unknown(unknown('unparsable', '`data` is not a mapping', origin))
    }
    reportRedacted(object, Object.values(data ?? {}), 'values of ConfigMaps', report)
    judgePlaces(object, secretsInConfigMap(object), report, {
      where: ({ path, name }) => {
        const key = String(path.at(-1))
        return name === '' || name === key ? `key \`${key}\`` : `\`${name}\` in key \`${key}\``
      },
      severity: ({ by }) => (by === 'name' ? BY_NAME : undefined),
      fix: advice(
        'Change the credential where it was issued, put the new one into a Secret, and let the workload read it from there as a file.',
        { breaks: 'workloads that read the key from the ConfigMap' },
      ),
    })
  },
  examples: {
    bad: { manifests: configMap({ DATABASE_URL: 'postgres://app:hunter2@db:5432/app' }) },
    good: { manifests: configMap({ DATABASE_URL: 'postgres://app:$(DB_PASSWORD)@db:5432/app' }) },
  },
})

const BY_NAME = {
  severity: 'medium',
  because: 'the name of the key says that it is one; its value may be none',
} as const
