import { checkTests } from '../../../test/kit/check-tests.js'
import { clusterRole } from './example-objects.js'
import { rbacPodsWildcardNoop } from './rbac-pods-wildcard-noop.js'

const rule = (...resources: string[]) => ({ verbs: ['get'], apiGroups: [''], resources })

checkTests(rbacPodsWildcardNoop, [
  {
    name: 'pods/*',
    kind: 'failing',
    given: { manifests: clusterRole('logs', [rule('pods'), rule('pods', 'pods/*')]) },
    expect: [
      { result: 'fail', severity: 'low', line: 7, message: '`pods/*` matches nothing', fix: 'advice' },
    ],
  },
  {
    name: '*/*',
    kind: 'failing',
    given: { manifests: clusterRole('all', [rule('*/*')]) },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'forms that match',
    kind: 'passing',
    given: { manifests: clusterRole('all', [rule('*', '*/scale', 'pods/log')]) },
    expect: [],
  },
  {
    name: 'a role of a namespace without rules',
    kind: 'odd',
    given: {
      manifests:
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: a, namespace: b }\nrules: null\n',
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: clusterRole('odd', [{ verbs: ['get'], apiGroups: [''], resources: { pods: '*' } }]) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
