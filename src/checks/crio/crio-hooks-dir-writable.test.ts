import { checkTests } from '../../../test/kit/check-tests.js'
import { crioHooksDirWritable } from './crio-hooks-dir-writable.js'
import { BROKEN, crioWith } from './example-crio.js'

checkTests(crioHooksDirWritable, [
  {
    name: 'everyone writes hooks',
    kind: 'failing',
    given: crioWith('', { '/etc/containers/oci/hooks.d': { text: '', mode: 0o777 } }),
    expect: [{ result: 'fail', severity: 'high', fix: 'commands' }],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: crioWith('', { '/etc/containers/oci/hooks.d': { text: '', mode: 0o755 } }),
    expect: [],
  },
  { name: 'there are none', kind: 'passing', given: crioWith(''), expect: [] },
  {
    name: 'a folder that the file names',
    kind: 'odd',
    given: crioWith('hooks_dir = ["/srv/hooks"]'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a drop-in cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
