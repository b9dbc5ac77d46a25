import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonLogDriverRotation } from './daemon-log-driver-rotation.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonLogDriverRotation, [
  {
    name: 'the default',
    kind: 'failing',
    given: dockerdWith('{}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'patch' }],
  },
  {
    name: 'other options alone',
    kind: 'failing',
    given: dockerdWith('{"log-opts": {"max-file": "3"}}'),
    expect: [{ result: 'fail', fix: 'patch' }],
  },
  {
    name: '-1 is no limit',
    kind: 'odd',
    given: dockerdWith('{"log-opts": {"max-size": "-1"}}'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'options by flags: the file must not hold the key then',
    kind: 'odd',
    given: dockerdWith('{}', '--log-opt max-file=3'),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  { name: 'a limit', kind: 'passing', given: dockerdWith('', '--log-opt max-size=10m'), expect: [] },
  {
    name: 'a driver that rotates',
    kind: 'passing',
    given: dockerdWith('{"log-driver": "local"}'),
    expect: [],
  },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
