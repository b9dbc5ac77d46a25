import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonRootless } from './daemon-rootless.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonRootless, [
  {
    name: 'the default',
    kind: 'failing',
    given: dockerdWith(''),
    expect: [{ result: 'fail', severity: 'info', fix: 'advice' }],
  },
  {
    name: 'explicitly not',
    kind: 'odd',
    given: dockerdWith('{"rootless": false}'),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  { name: 'rootless', kind: 'passing', given: dockerdWith('', '--rootless'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
