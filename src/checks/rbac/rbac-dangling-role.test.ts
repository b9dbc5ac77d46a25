import { checkTests } from '../../../test/kit/check-tests.js'
import { bindingOf, clusterRole, roleBindingOf } from './example-objects.js'
import { rbacDanglingRole } from './rbac-dangling-role.js'

const DEVS = { kind: 'Group', name: 'devs' }
const OTHER = clusterRole('other', [])

checkTests(rbacDanglingRole, [
  {
    name: 'no such ClusterRole in the whole cluster',
    kind: 'failing',
    given: { complete: true, manifests: `${bindingOf('readers', 'reader', DEVS)}---\n${OTHER}` },
    expect: [{ result: 'fail', severity: 'medium', path: 'roleRef.name', line: 8, fix: 'advice' }],
  },
  {
    name: 'a default role that somebody deleted',
    kind: 'odd',
    given: { complete: true, manifests: `${bindingOf('viewers', 'view', DEVS)}---\n${OTHER}` },
    expect: [{ result: 'fail', message: 'ClusterRole view does not exist' }],
  },
  {
    name: 'a ClusterRoleBinding to a Role',
    kind: 'odd',
    given: { manifests: bindingOf('readers', 'reader', DEVS).replace('kind: ClusterRole\n', 'kind: Role\n') },
    expect: [{ result: 'fail', message: /which a ClusterRoleBinding cannot/ }],
  },
  {
    name: 'the role is there, or is a default one',
    kind: 'passing',
    given: {
      manifests: `${OTHER}---
${bindingOf('others', 'other', DEVS)}---
${roleBindingOf('shop', 'viewers', { kind: 'ClusterRole', name: 'view' }, DEVS)}`,
    },
    expect: [],
  },
  {
    name: 'a binding that the API server keeps',
    kind: 'passing',
    given: {
      complete: true,
      manifests: `${OTHER}---
${bindingOf('system:kube-dns', 'system:kube-dns', { kind: 'ServiceAccount', name: 'kube-dns', namespace: 'kube-system' })}`,
    },
    expect: [],
  },
  {
    name: 'a Role of another namespace does not count, and the input is not the whole cluster',
    kind: 'unknown',
    given: {
      manifests: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: billing }
---
${roleBindingOf('shop', 'readers', { kind: 'Role', name: 'reader' }, DEVS)}`,
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: bindingOf('odd', 'view', DEVS).replace('name: view', 'name: 7') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
