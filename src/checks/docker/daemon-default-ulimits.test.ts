import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonDefaultUlimits } from './daemon-default-ulimits.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonDefaultUlimits, [
  {
    name: 'none',
    kind: 'failing',
    given: dockerdWith(''),
    expect: [{ result: 'fail', severity: 'info', fix: 'advice' }],
  },
  {
    name: 'an empty map',
    kind: 'odd',
    given: dockerdWith('{"default-ulimits": {}}'),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'as flag',
    kind: 'passing',
    given: dockerdWith('', '--default-ulimit nofile=1024:2048'),
    expect: [],
  },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
