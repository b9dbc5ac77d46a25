import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonExperimental } from './daemon-experimental.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonExperimental, [
  {
    name: 'on',
    kind: 'failing',
    given: dockerdWith('{\n"experimental": true}'),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'inside another map it counts too',
    kind: 'odd',
    given: dockerdWith('{"lab": {"experimental": true}}'),
    expect: [{ result: 'fail' }],
  },
  { name: 'the default', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
