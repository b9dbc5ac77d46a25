import { shellWord } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { configMapValue } from './config-map-value.js'

const INITIAL_SECRET = 'argocd-initial-admin-secret'
const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: argocd-initial-admin-secret
  namespace: argocd
type: Opaque
`
const config = (enabled: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
data:
  admin.enabled: "${enabled}"
`

export const dashboardArgocdDefaultAdmin = defineCheck({
  id: 'dashboard-argocd-default-admin',
  title: 'The first password of the Argo CD administrator still lies in its Secret',
  severity: 'high',
  because:
    'whoever may read Secrets of the namespace logs in as administrator, as long as it was not changed',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Secret'],
  why: 'The installation writes the password of the user admin into a Secret that is meant to be deleted after the first login. The user has every right in Argo CD, and through it in the clusters that it manages.',
  references: ['https://argo-cd.readthedocs.io/en/stable/operator-manual/user_management/'],
  evaluate({ object, index }, report) {
    const { name, namespace } = object.ref
    if (name !== INITIAL_SECRET) return
    const enabled = configMapValue(index, namespace, 'argocd-cm', 'admin.enabled')
    if (!enabled.known) return report.unknown(enabled)
    if (enabled.value === 'false') return
    const where = namespace === '' ? '' : ` -n ${shellWord(namespace)}`
    report.fail(
      {
        origin: { kind: 'object', object, path: ['metadata', 'name'] },
        message: 'the Secret with the first password',
      },
      {
        message: 'the user admin is enabled and its first password was never removed',
        fix: withPrecondition(
          {
            text: 'Let people log in through single sign-on, set `admin.enabled: "false"` in ConfigMap argocd-cm, and delete this Secret.',
            edits: [],
            commands: [`kubectl delete secret${where} -- ${INITIAL_SECRET}`],
            risk: 'lockout',
            needs: [],
            breaks: 'logins as admin with the first password',
          },
          'another administrator can log in',
        ),
      },
    )
  },
  examples: {
    bad: { manifests: `${SECRET}---\n${config('true')}` },
    good: { manifests: `${SECRET}---\n${config('false')}` },
  },
})
