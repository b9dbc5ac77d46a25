import { shellWord } from '../../kube/index.js'
import { asString, field, unknown, valueAt, type Origin, type KubeObject } from '../../model/index.js'
import { defineCheck, type Report } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverBootstrapTokens = defineCheck({
  id: 'apiserver-bootstrap-tokens',
  title: 'A token that lets machines join the cluster is left',
  severity: 'medium',
  because:
    'whoever saw the token may ask for the certificate of a node; the signing controller still decides',
  reach: 'unauthenticated',
  appliesTo: 'apiserver',
  why: 'Bootstrap tokens are typed into consoles, scripts and images. One that does not end, or is left for days, lets whoever finds it join a machine of theirs as a node.',
  references: [cis('3.1.3'), kubernetesDocs('reference/access-authn-authz/bootstrap-tokens/')],
  evaluate(apiserver, report) {
    const on = apiserver.boolean('enable-bootstrap-token-auth')
    if (!on.known) return report.unknown(on)
    if (!on.value) return
    const tokens = apiserver.index.ofKind('', 'Secret').filter(isBootstrapToken)
    for (const token of tokens) judgeToken(token, apiserver.now, report)
    if (tokens.length === 0 && !apiserver.index.holdsAll('', 'Secret')) {
      report.unknown(unknown('no-source', 'the Secrets of kube-system were not read', on.origin))
    }
  },
  examples: {
    bad: apiserverWith(['--enable-bootstrap-token-auth=true'], {
      manifests: `apiVersion: v1
kind: Secret
type: bootstrap.kubernetes.io/token
metadata: {name: bootstrap-token-abcdef, namespace: kube-system}
stringData:
  usage-bootstrap-authentication: "true"
`,
    }),
    good: apiserverWith(['--enable-bootstrap-token-auth=false']),
  },
})

/** Seconds: as long as kubeadm gives a token. */
const DAY = 86_400

function isBootstrapToken(secret: KubeObject): boolean {
  return (
    secret.ref.namespace === 'kube-system' &&
    field(secret.content, 'type') === 'bootstrap.kubernetes.io/token'
  )
}

/** Source: k8s.io/cluster-bootstrap v0.36.2 token/api/types.go and token/util/helpers.go, isSecretExpired. */
function judgeToken(token: KubeObject, now: number, report: Report): void {
  const { name } = token.ref
  const origin: Origin = { kind: 'object', object: token, path: ['type'] }
  if (field(token.content, 'data') === undefined && field(token.content, 'stringData') === undefined) {
    return report.unknown(
      unknown('not-given', `when ${name} ends and what it is good for was not read`, origin),
    )
  }
  if (valueOf(token, 'usage-bootstrap-authentication') !== 'true') return
  const ends = valueOf(token, 'expiration')
  const end = ends === undefined ? undefined : Date.parse(ends) / 1000
  if (end !== undefined && Number.isNaN(end)) {
    return report.unknown(unknown('unparsable', `the expiration of ${name} is no time`, origin))
  }
  if (end !== undefined && end <= now) return
  const created = Date.parse(asString(valueAt(token.content, ['metadata', 'creationTimestamp'])) ?? '') / 1000
  const old = Number.isFinite(created) && now - created > DAY
  if (end !== undefined && !old) return
  report.fail(
    {
      origin,
      key: name,
      message: end === undefined ? `${name} does not end` : `${name} is older than a day`,
    },
    {
      message:
        end === undefined
          ? `Secret ${name} is a token that never ends`
          : `Secret ${name} is a token older than a day that still lets machines join`,
      fix: withPrecondition(
        {
          text: `Delete Secret ${name}, or let kubeadm do it (\`kubeadm token delete\`); make a new one with \`kubeadm token create --ttl 1h\` when a machine is to join.`,
          edits: [],
          commands: [`kubectl delete secret -n kube-system -- ${shellWord(name)}`],
          risk: 'none',
          needs: [],
          breaks: 'machines that are to join with this token',
        },
        'no machine is about to join with it',
      ),
    },
  )
}

/** A value of the Secret, plain or in base64; undefined where it is not there. */
function valueOf(token: KubeObject, key: string): string | undefined {
  const plain = asString(valueAt(token.content, ['stringData', key]))
  if (plain !== undefined) return plain
  const encoded = asString(valueAt(token.content, ['data', key]))
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8')
}
