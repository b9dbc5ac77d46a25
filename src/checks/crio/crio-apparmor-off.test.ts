import { checkTests } from '../../../test/kit/check-tests.js'
import { crioApparmorOff } from './crio-apparmor-off.js'
import { BROKEN, crioWith } from './example-crio.js'

checkTests(crioApparmorOff, [
  {
    name: 'none',
    kind: 'failing',
    given: crioWith('apparmor_profile = "unconfined"'),
    expect: [{ result: 'fail', severity: 'medium', line: 4 }],
  },
  { name: 'not set', kind: 'passing', given: crioWith(''), expect: [] },
  { name: 'a profile of its own', kind: 'odd', given: crioWith('apparmor_profile = "site"'), expect: [] },
  {
    name: 'a drop-in cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
