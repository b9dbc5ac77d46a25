import { checkTests } from '../../../test/kit/check-tests.js'
import { bindingOf, roleBindingOf } from './example-objects.js'
import { rbacClusterAdminBinding } from './rbac-cluster-admin-binding.js'

const RUNNER = { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' }
const ADMIN = { kind: 'ClusterRole', name: 'cluster-admin' }

checkTests(rbacClusterAdminBinding, [
  {
    name: 'a service account',
    kind: 'failing',
    given: { manifests: bindingOf('ci-everything', 'cluster-admin', RUNNER) },
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'subjects[name=runner]',
        line: 10,
        message: 'ServiceAccount ci/runner is cluster-admin',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a subject beside the default one',
    kind: 'failing',
    given: {
      manifests: bindingOf(
        'cluster-admin',
        'cluster-admin',
        { kind: 'Group', name: 'system:masters' },
        { kind: 'User', name: 'mallory' },
      ),
    },
    expect: [{ result: 'fail', severity: 'high', line: 11, message: 'User mallory is cluster-admin' }],
  },
  {
    name: 'inside one namespace',
    kind: 'odd',
    given: { manifests: roleBindingOf('shop', 'all-of-shop', ADMIN, RUNNER) },
    expect: [{ result: 'fail', severity: 'medium', line: 11 }],
  },
  {
    name: 'inside kube-system',
    kind: 'odd',
    given: { manifests: roleBindingOf('kube-system', 'all', ADMIN, RUNNER) },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: "Kubernetes' own and kubeadm's own",
    kind: 'passing',
    given: {
      manifests: `${bindingOf('cluster-admin', 'cluster-admin', { kind: 'Group', name: 'system:masters' })}---
${bindingOf('kubeadm:cluster-admins', 'cluster-admin', { kind: 'Group', name: 'kubeadm:cluster-admins' })}`,
    },
    expect: [],
  },
  {
    name: 'a Role of that name, and no subjects',
    kind: 'passing',
    given: {
      manifests: `${roleBindingOf('shop', 'a', { kind: 'Role', name: 'cluster-admin' }, RUNNER)}---
${bindingOf('empty', 'cluster-admin').replace('subjects:\n', 'subjects:\n')}`,
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: {
      manifests: bindingOf('odd', 'cluster-admin').replace('subjects:', 'subjects: runner'),
    },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
