import { checkTests } from '../../../test/kit/check-tests.js'
import { bindingOf } from './example-objects.js'
import { rbacSubjectTypo } from './rbac-subject-typo.js'

const GROUP = 'rbac.authorization.k8s.io'

function failing(name: string, subject: Parameters<typeof bindingOf>[2], message: RegExp) {
  return {
    name,
    kind: 'failing' as const,
    given: { manifests: bindingOf('b', 'view', subject) },
    expect: [
      { result: 'fail' as const, severity: 'medium' as const, line: 10, fix: 'advice' as const, message },
    ],
  }
}

checkTests(rbacSubjectTypo, [
  failing(
    'accounts, plural',
    { kind: 'User', name: 'system:serviceaccounts:ci:runner' },
    /is not `system:service/,
  ),
  failing(
    'no name',
    { kind: 'User', name: 'system:serviceaccount:runner' },
    /is not `system:serviceaccount:/,
  ),
  failing('no namespace', { kind: 'ServiceAccount', name: 'runner' }, /needs its namespace/),
  failing(
    'a user name',
    { kind: 'ServiceAccount', namespace: 'ci', name: 'system:serviceaccount:ci:x' },
    /looks like/,
  ),
  failing(
    'an account with a group',
    { kind: 'ServiceAccount', namespace: 'a', name: 'b', apiGroup: GROUP },
    /apiGroup/,
  ),
  failing('a group as user', { kind: 'User', name: 'system:masters' }, /is a group/),
  failing(
    'accounts of a namespace as user',
    { kind: 'User', name: 'system:serviceaccounts:ci' },
    /is a group/,
  ),
  failing('a user as group', { kind: 'Group', name: 'system:serviceaccount:ci:runner' }, /is a user/),
  failing('anonymous as group', { kind: 'Group', name: 'system:anonymous' }, /is a user/),
  failing('small letters', { kind: 'user', name: 'alice' }, /not a kind of subject/),
  failing(
    'a foreign group',
    { kind: 'User', name: 'alice', apiGroup: 'users.example.com' },
    /not the apiGroup/,
  ),
  {
    name: 'proper forms',
    kind: 'passing',
    given: {
      manifests: bindingOf(
        'b',
        'view',
        { kind: 'User', name: 'system:serviceaccount:ci:runner' },
        { kind: 'User', name: 'alice@example.com', apiGroup: GROUP },
        { kind: 'Group', name: 'devs@example.com' },
        { kind: 'Group', name: 'system:serviceaccounts:ci' },
        { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' },
      ),
    },
    expect: [],
  },
  {
    name: 'names of an identity provider that look like system names',
    kind: 'odd',
    given: { manifests: bindingOf('b', 'view', { kind: 'User', name: 'oidc:system:masters' }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: {
      manifests: bindingOf('b', 'view').replace('subjects:', 'subjects: [{ kind: User, name: [alice] }]'),
    },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
