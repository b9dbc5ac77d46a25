import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podHostAliases } from './pod-host-aliases.js'

checkTests(podHostAliases, [
  {
    name: 'a name with an address',
    kind: 'failing',
    given: podWith('', 'hostAliases: [{ip: 10.0.0.7, hostnames: [db.example.com]}]'),
    expect: [{ result: 'fail', severity: 'info', path: 'spec.hostAliases', message: /db\.example\.com/ }],
  },
  { name: 'none', kind: 'passing', given: podWith(''), expect: [] },
  { name: 'an empty list', kind: 'odd', given: podWith('', 'hostAliases: []'), expect: [] },
  {
    name: 'no list',
    kind: 'unknown',
    given: podWith('', 'hostAliases: {a: b}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
