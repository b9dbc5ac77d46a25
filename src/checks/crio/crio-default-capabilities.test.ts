import { checkTests } from '../../../test/kit/check-tests.js'
import { crioDefaultCapabilities } from './crio-default-capabilities.js'
import { BROKEN, crioWith } from './example-crio.js'

checkTests(crioDefaultCapabilities, [
  {
    name: 'one more',
    kind: 'failing',
    given: crioWith('default_capabilities = ["CHOWN", "NET_RAW"]'),
    expect: [{ result: 'fail', severity: 'medium', line: 4, message: /NET_RAW/ }],
  },
  { name: 'not set', kind: 'passing', given: crioWith(''), expect: [] },
  { name: 'fewer', kind: 'passing', given: crioWith('default_capabilities = ["CHOWN"]'), expect: [] },
  {
    name: 'one that leads to the host',
    kind: 'odd',
    given: crioWith('default_capabilities = ["cap_sys_admin"]'),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a text in place of a list',
    kind: 'odd',
    given: crioWith('default_capabilities = "ALL"'),
    expect: [],
  },
  {
    name: 'a drop-in cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
