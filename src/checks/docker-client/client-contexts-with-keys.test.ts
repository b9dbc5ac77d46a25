import { checkTests } from '../../../test/kit/check-tests.js'
import { clientContextsWithKeys } from './client-contexts-with-keys.js'
import { clientWith, context } from './example-client.js'

checkTests(clientContextsWithKeys, [
  {
    name: 'a key in a context',
    kind: 'failing',
    given: clientWith(context('prod', 'tcp://10.0.0.5:2376', { keyMode: 0o600 })),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice', message: /prod/ }],
  },
  { name: 'SSH', kind: 'passing', given: clientWith(context('prod', 'ssh://ops@10.0.0.5')), expect: [] },
  { name: 'no contexts', kind: 'passing', given: clientWith({ '.docker/config.json': '{}' }), expect: [] },
  {
    name: 'two of them',
    kind: 'odd',
    given: clientWith({
      ...context('a', 'tcp://10.0.0.5:2376', { keyMode: 0o600 }),
      ...context('b', 'tcp://10.0.0.6:2376', { keyMode: 0o600 }),
    }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a description that cannot be read',
    kind: 'unknown',
    given: clientWith({
      ...context('a', 'x', { keyMode: 0o600 }),
      [`.docker/contexts/meta/${'a'.padEnd(64, '0')}/meta.json`]: '{',
    }),
    expect: [{ result: 'fail' }],
  },
])
