import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardArgocdDefaultAdmin } from './dashboard-argocd-default-admin.js'

const secret = (name = 'argocd-initial-admin-secret'): string => `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: argocd }
data: { password: c2VjcmV0 }
`
const config = (data: string): string => `apiVersion: v1
kind: ConfigMap
metadata: { name: argocd-cm, namespace: argocd }
data: ${data}
`

checkTests(dashboardArgocdDefaultAdmin, [
  {
    name: 'it is there, and the user is enabled by default',
    kind: 'failing',
    given: { manifests: `${secret()}---\n${config('{}')}` },
    expect: [{ result: 'fail', severity: 'high', line: 3, fix: 'advice' }],
  },
  {
    name: 'the user is disabled',
    kind: 'passing',
    given: { manifests: `${secret()}---\n${config("{ admin.enabled: 'false' }")}` },
    expect: [],
  },
  { name: 'another Secret', kind: 'odd', given: { manifests: secret('argocd-secret') }, expect: [] },
  {
    name: 'its settings were not read',
    kind: 'unknown',
    given: { manifests: secret() },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: `${secret()}---\n${config('{ admin.enabled: false }')}` },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
