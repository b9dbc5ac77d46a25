import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonLogLevel } from './daemon-log-level.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonLogLevel, [
  {
    name: 'debug',
    kind: 'failing',
    given: dockerdWith('{\n\n"log-level": "debug"}'),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch', file: '/etc/docker/daemon.json', line: 3 }],
  },
  {
    name: 'a flag in two words',
    kind: 'failing',
    given: dockerdWith('', '-l fatal'),
    expect: [{ result: 'fail', severity: 'low', fix: 'advice' }],
  },
  { name: 'an empty text is the default', kind: 'odd', given: dockerdWith('{"log-level": ""}'), expect: [] },
  { name: 'other letters', kind: 'odd', given: dockerdWith('{"log-level": "INFO"}'), expect: [] },
  { name: 'the default', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
