import { checkTests } from '../../../test/kit/check-tests.js'
import { clusterRole } from './example-objects.js'
import { rbacDeleteEventsLogs } from './rbac-delete-events-logs.js'

const role = (...rules: object[]): { manifests: string } => ({ manifests: clusterRole('r', rules) })

checkTests(rbacDeleteEventsLogs, [
  {
    name: 'events may be deleted',
    kind: 'failing',
    given: role({ verbs: ['get', 'delete'], apiGroups: [''], resources: ['pods', 'events'] }),
    expect: [{ result: 'fail', severity: 'low', line: 6, message: /events/, fix: 'advice' }],
  },
  {
    name: 'events of the newer group, all at once',
    kind: 'failing',
    given: role({ verbs: ['deletecollection'], apiGroups: ['events.k8s.io'], resources: ['events'] }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'logs',
    kind: 'failing',
    given: role({ verbs: ['delete'], apiGroups: [''], resources: ['pods/log'] }),
    expect: [{ result: 'fail', message: /pods\/log/ }],
  },
  {
    name: 'they are only written',
    kind: 'passing',
    given: role({ verbs: ['create', 'patch', 'update'], apiGroups: [''], resources: ['events'] }),
    expect: [],
  },
  {
    name: 'events of somebody else',
    kind: 'odd',
    given: role({ verbs: ['delete'], apiGroups: ['calendar.example.com'], resources: ['events'] }),
    expect: [],
  },
  {
    name: 'every verb is said by another check',
    kind: 'odd',
    given: role({ verbs: ['*'], apiGroups: [''], resources: ['events'] }),
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: role({ verbs: 'delete', apiGroups: [''], resources: ['events'] }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
