import { asList, asString, field, unknown, type JsonPath } from '../../model/index.js'
import { defineCheck, type WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { deploymentWith } from './example-workload.js'

const TOKEN_TYPE = 'kubernetes.io/service-account-token'
const SECRET = `---
apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: shop
  annotations: { kubernetes.io/service-account.name: deployer }
type: ${TOKEN_TYPE}
`

export const saTokenEnv = defineCheck({
  id: 'sa-token-env',
  title: 'A service account token is put into the environment of a container',
  severity: 'medium',
  because:
    'environments end up in crash reports, in debug pages and in every child process, and the token never ends',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A token in an environment variable is a copy of a Secret that never changes while the container runs. The token that the kubelet mounts as a file is bound to the pod, is renewed, and ends with it.',
  references: [kubernetesDocs('concepts/security/service-accounts/#authenticating-credentials')],
  evaluate(subject, report) {
    const { object, index } = subject
    for (const { container, name, key, secret, path } of secretReferences(subject)) {
      const found = index.get('', 'Secret', object.ref.namespace, secret)
      const origin = { kind: 'object', object, path } as const
      const where = `container \`${container}\`: ${name === undefined ? 'its variables' : `\`${name}\``}`
      if (found === undefined) {
        if (key === 'token' && /-token(?:-[a-z0-9]{5})?$/.test(secret)) {
          const detail = `Secret ${secret} was not read: whether \`token\` in it is a service account's is not known`
          report.unknown(unknown('no-source', detail, origin))
        }
        continue
      }
      if (field(found.content, 'type') !== TOKEN_TYPE || (key !== undefined && key !== 'token')) continue
      report.fail(
        { origin, message: `${where} holds the token of Secret ${secret}` },
        {
          message: `${where} holds the token of Secret ${secret}`,
          fix: advice(
            'Run the workload under the account itself and read the token that is mounted, or project one with an audience and a life of an hour (`projected.sources[].serviceAccountToken`); then delete the Secret.',
            { breaks: 'the program, until it reads the token from a file' },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: `${withVariable('deployer-token')}${SECRET}` },
    good: { manifests: `${withVariable('mail')}${SECRET}` },
  },
})

function withVariable(name: string): string {
  const env = [{ name: 'KUBE_TOKEN', valueFrom: { secretKeyRef: { name, key: 'token' } } }]
  return deploymentWith({}).replace('"image":', `"env":${JSON.stringify(env)},"image":`)
}

interface SecretReference {
  readonly container: string
  /** Undefined when the whole Secret becomes variables. */
  readonly name?: string
  readonly key?: string
  readonly secret: string
  readonly path: JsonPath
}

function secretReferences({ containers }: WorkloadSubject): SecretReference[] {
  return containers.flatMap(({ name: container, spec, path }) => [
    ...asList(field(spec, 'env')).flatMap((variable, at): SecretReference[] => {
      const reference = field(field(variable, 'valueFrom'), 'secretKeyRef')
      const secret = asString(field(reference, 'name'))
      if (secret === undefined) return []
      const name = asString(field(variable, 'name')) ?? ''
      const key = asString(field(reference, 'key')) ?? ''
      return [{ container, name, key, secret, path: [...path, 'env', at] }]
    }),
    ...asList(field(spec, 'envFrom')).flatMap((source, at): SecretReference[] => {
      const secret = asString(field(field(source, 'secretRef'), 'name'))
      return secret === undefined ? [] : [{ container, secret, path: [...path, 'envFrom', at] }]
    }),
  ])
}
