import { checkTests } from '../../../test/kit/check-tests.js'
import { dockerGroupMembers } from './docker-group-members.js'
import { dockerdWith } from './example-dockerd.js'

const withGroup = (text: string, json = '{}') => dockerdWith(json, '', { '/etc/group': text })

checkTests(dockerGroupMembers, [
  {
    name: 'two people',
    kind: 'failing',
    given: withGroup('root:x:0:\ndocker:x:998:bob,alice\n'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        file: '/etc/group',
        line: 2,
        message: 'members of group docker: alice, bob',
        fix: 'advice',
      },
    ],
  },
  { name: 'nobody', kind: 'passing', given: withGroup('docker:x:998:\n'), expect: [] },
  { name: 'no such group', kind: 'passing', given: withGroup('root:x:0:\n'), expect: [] },
  {
    name: 'another group by a setting',
    kind: 'odd',
    given: withGroup('docker:x:998:alice\nbuilders:x:999:bob\n', '{"group": "builders"}'),
    expect: [{ result: 'fail', message: 'members of group builders: bob' }],
  },
  {
    name: 'rootless',
    kind: 'odd',
    given: dockerdWith('', '--rootless'),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: '/etc/group was not read',
    kind: 'unknown',
    given: dockerdWith('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
