import { checkTests } from '../../../test/kit/check-tests.js'
import { accountNamed, deploymentWith, editFor } from './example-workload.js'
import { saAutomountUnused } from './sa-automount-unused.js'

const running = (image: string, spec: object = { serviceAccountName: 'web' }): string =>
  deploymentWith(spec).replace('registry.example.com/web:1.2.3', image)
const admin = (account: string): string => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: all }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: ${account}, namespace: shop }]
`

checkTests(saAutomountUnused, [
  {
    name: 'a database whose account may do nothing',
    kind: 'failing',
    given: { manifests: running('docker.io/library/postgres:18') },
    expect: [{ result: 'fail', severity: 'info', path: 'automountServiceAccountToken', fix: 'patch' }],
  },
  {
    name: 'a web server that is cluster-admin',
    kind: 'failing',
    given: { manifests: `${running('nginx@sha256:0123')}${admin('web')}` },
    expect: [{ result: 'fail', severity: 'high', message: /do everything|may / }],
  },
  {
    name: 'a cache that may edit its namespace',
    kind: 'failing',
    given: { manifests: `${running('bitnami/redis:8')}---\n${editFor('shop', 'web')}` },
    expect: [{ result: 'fail', message: /web/ }],
  },
  {
    name: 'the default account, to which something is bound',
    kind: 'odd',
    given: { manifests: `${running('nginx:1.29', {})}---\n${editFor('shop', 'default')}` },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'the default account without rights is told elsewhere',
    kind: 'odd',
    given: { manifests: running('nginx:1.29', {}) },
    expect: [],
  },
  {
    name: 'nobody knows whether it asks',
    kind: 'passing',
    given: { manifests: `${running('registry.example.com/api:1')}${admin('web')}` },
    expect: [],
  },
  {
    name: 'nobody may put a token there',
    kind: 'passing',
    given: {
      manifests: `${running('nginx:1.29')}---\n${accountNamed('shop', 'web', { automountServiceAccountToken: false })}`,
    },
    expect: [],
  },
  {
    name: 'an image that only ends like one',
    kind: 'odd',
    given: { manifests: running('example.com/operators/redis:1') },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: {
      manifests: running('nginx:1', { serviceAccountName: 'web', automountServiceAccountToken: 'no' }),
    },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
