import { secretsInEnvironment } from '../../kube/index.js'
import { asList, field, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { deploymentWith } from './example-objects.js'
import { judgePlaces, reportRedacted } from './judge-places.js'

export const secretInEnvLiteral = defineCheck({
  id: 'secret-in-env-literal',
  title: 'A secret stands in the environment of a workload as plain text',
  severity: 'high',
  because: 'whoever may read the workload has it, and the role view may',
  reach: 'user',
  appliesTo: 'workload',
  why: 'A literal in a pod template is in the repository, in etcd, in every ReplicaSet that is kept, and in what `kubectl describe` prints. It cannot be changed without changing all of them.',
  references: [nsa('Secrets'), kubernetesDocs('concepts/security/secrets-good-practices/')],
  evaluate({ object, containers }, report) {
    for (const container of containers) {
      const env = field(container.spec, 'env')
      if (env !== undefined && env !== null && !Array.isArray(env)) {
        const origin = { kind: 'object', object, path: [...container.path, 'env'] } as const
        report.unknown(unknown('unparsable', '`env` is not a list', origin))
        continue
      }
      const values = asList(env).map((variable) => field(variable, 'value'))
      reportRedacted(object, values, 'values of variables', report)
      judgePlaces(object, secretsInEnvironment(object, container), report, {
        where: ({ name }) => `variable \`${name}\` of container \`${container.name}\``,
        fix: advice(
          'Change the credential where it was issued, put the new one into a Secret, and mount it as a file; where the program reads variables alone, `valueFrom.secretKeyRef`.',
          { breaks: 'nothing, once the Secret is there before the pods are' },
        ),
      })
    }
  },
  examples: {
    bad: { manifests: deploymentWith({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }) },
    good: {
      manifests: deploymentWith({
        env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
      }),
    },
  },
})
