import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonUserlandProxy } from './daemon-userland-proxy.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonUserlandProxy, [
  {
    name: 'the default',
    kind: 'failing',
    given: dockerdWith('{}'),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch' }],
  },
  {
    name: 'no daemon.json: it is made',
    kind: 'odd',
    given: dockerdWith(''),
    expect: [{ result: 'fail', fix: 'patch' }],
  },
  { name: 'off', kind: 'passing', given: dockerdWith('', '--userland-proxy=false'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
