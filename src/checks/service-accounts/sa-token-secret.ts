import { shellWord } from '../../kube/index.js'
import { asString, field, unknown, valueAt, type Fix, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { kubernetesDocs } from '../references.js'

// Source: kubernetes v1.36.2 pkg/serviceaccount/legacy.go and pkg/controller/serviceaccount/legacy_serviceaccount_token_cleaner.go.
const LAST_USED = 'kubernetes.io/legacy-token-last-used'
const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since'

const TOKEN = `apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: ci
  annotations:
    kubernetes.io/service-account.name: deployer
type: kubernetes.io/service-account-token
`

export const saTokenSecret = defineCheck({
  id: 'sa-token-secret',
  title: 'A Secret holds a service account token that never ends',
  severity: 'medium',
  because:
    'it is valid until the Secret is deleted, from everywhere, for whoever saw it once; low when it is already refused',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Secret'],
  why: 'Since Kubernetes 1.24 pods get short tokens that are bound to them and no such Secret is needed. Those that are left are read by everybody who may read Secrets of the namespace, and by every backup of it.',
  references: [kubernetesDocs('concepts/security/service-accounts/#get-a-token')],
  evaluate({ object }, report) {
    const type = field(object.content, 'type')
    if (type !== undefined && type !== null && typeof type !== 'string') {
      const origin = { kind: 'object', object, path: ['type'] } as const
      return report.unknown(unknown('unparsable', '`type` is not a text', origin))
    }
    if (type !== 'kubernetes.io/service-account-token') return
    const text = (...path: string[]): string | undefined =>
      asString(valueAt(object.content, ['metadata', ...path]))
    const account = text('annotations', 'kubernetes.io/service-account.name') ?? '(not named)'
    const used = text('labels', LAST_USED)
    const invalid = text('labels', INVALID_SINCE)
    const usage = used === undefined ? 'no use of it is recorded' : `last used on ${used}`
    report.fail(
      { origin: { kind: 'object', object, path: ['type'] }, message: `token of ${account}; ${usage}` },
      {
        ...(invalid === undefined ? {} : REFUSED),
        message:
          invalid === undefined
            ? `it holds a token of ${account} that never ends; ${usage}`
            : `it holds a token of ${account} that is refused since ${invalid}`,
        fix: withPrecondition(
          removal(object),
          'whatever uses this token has another: `kubectl create token`, or the token that its pod mounts',
          invalid === undefined ? 'unknown' : true,
        ),
      },
    )
  },
  examples: {
    bad: { manifests: TOKEN },
    good: { manifests: TOKEN.replace('kubernetes.io/service-account-token', 'Opaque') },
  },
})

const REFUSED = {
  severity: 'low',
  because: 'the API server already refuses it; only the Secret is left',
} as const

function removal(secret: KubeObject): Fix {
  const { name, namespace } = secret.ref
  const where = namespace === '' ? '' : ` -n ${shellWord(namespace)}`
  return {
    text: `Delete Secret ${name} once nothing uses its token.`,
    edits: [],
    commands: [`kubectl delete secret${where} -- ${shellWord(name)}`],
    risk: 'traffic',
    needs: [],
    breaks: 'clients that hold this token, usually outside of the cluster: the label with its last use tells',
  }
}
