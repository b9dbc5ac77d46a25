import { checkTests } from '../../../test/kit/check-tests.js'
import { clientKeyReadable } from './client-key-readable.js'
import { clientWith, context } from './example-client.js'

checkTests(clientKeyReadable, [
  {
    name: 'everyone reads it',
    kind: 'failing',
    given: clientWith({ '.docker/key.pem': { text: '', mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'high', file: '/home/alice/.docker/key.pem', fix: 'commands' }],
  },
  {
    name: 'the key of a context',
    kind: 'failing',
    given: clientWith(context('build', 'tcp://10.0.0.5:2376', { keyMode: 0o604 })),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'its owner alone',
    kind: 'passing',
    given: clientWith({ '.docker/key.pem': { text: '', mode: 0o400 } }),
    expect: [],
  },
  { name: 'no key', kind: 'passing', given: clientWith({ '.docker/config.json': '{}' }), expect: [] },
  {
    name: 'a folder above keeps others out',
    kind: 'odd',
    given: clientWith({ '.docker/key.pem': { text: '', mode: 0o644 }, '.docker': { text: '', mode: 0o700 } }),
    expect: [],
  },
  {
    name: 'a group of people',
    kind: 'odd',
    given: clientWith(
      { '.docker/key.pem': { text: '', mode: 0o640, gid: 50 } },
      { '/etc/group': 'staff:x:50:bob\n' },
    ),
    expect: [{ result: 'fail', message: /bob/ }],
  },
  {
    name: 'a group of nobody',
    kind: 'unknown',
    given: clientWith(
      { '.docker/key.pem': { text: '', mode: 0o640, gid: 50 } },
      { '/etc/group': 'alice:x:50:\n' },
    ),
    expect: [],
  },
])
