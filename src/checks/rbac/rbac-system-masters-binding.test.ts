import { checkTests } from '../../../test/kit/check-tests.js'
import { bindingOf } from './example-objects.js'
import { rbacSystemMastersBinding } from './rbac-system-masters-binding.js'

const MASTERS = { kind: 'Group', name: 'system:masters' }

checkTests(rbacSystemMastersBinding, [
  {
    name: 'a binding of its own',
    kind: 'failing',
    given: { manifests: bindingOf('admins', 'cluster-admin', MASTERS) },
    expect: [
      { result: 'fail', severity: 'high', path: 'subjects[name=system:masters]', line: 10, fix: 'patch' },
    ],
  },
  {
    name: 'the default binding',
    kind: 'passing',
    given: { manifests: bindingOf('cluster-admin', 'cluster-admin', MASTERS) },
    expect: [],
  },
  {
    name: 'a user of that name is nobody',
    kind: 'odd',
    given: { manifests: bindingOf('typo', 'cluster-admin', { kind: 'User', name: 'system:masters' }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: bindingOf('odd', 'view').replace('subjects:', 'subjects: [system:masters]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
