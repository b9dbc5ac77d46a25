import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardArgocdAnonymous } from './dashboard-argocd-anonymous.js'

const config = (value: string, name = 'argocd-cm'): string => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: argocd }
data:
  users.anonymous.enabled: ${value}
`
const RIGHTS = `apiVersion: v1
kind: ConfigMap
metadata: { name: argocd-rbac-cm, namespace: argocd }
data: { policy.default: 'role:admin' }
`

checkTests(dashboardArgocdAnonymous, [
  {
    name: 'switched on, as administrators',
    kind: 'failing',
    given: { manifests: `${config('"true"')}---\n${RIGHTS}` },
    expect: [{ result: 'fail', severity: 'high', line: 5, message: /role:admin/, fix: 'patch' }],
  },
  { name: 'switched off', kind: 'passing', given: { manifests: config('"false"') }, expect: [] },
  { name: 'another ConfigMap', kind: 'odd', given: { manifests: config('"true"', 'web') }, expect: [] },
  {
    name: 'a boolean, which a ConfigMap cannot hold',
    kind: 'unknown',
    given: { manifests: config('true') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
