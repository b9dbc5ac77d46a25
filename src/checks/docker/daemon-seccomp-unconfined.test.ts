import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonSeccompUnconfined } from './daemon-seccomp-unconfined.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonSeccompUnconfined, [
  {
    name: 'in the file',
    kind: 'failing',
    given: dockerdWith('{\n"seccomp-profile": "unconfined"}'),
    expect: [{ result: 'fail', severity: 'high', fix: 'patch', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'as flag',
    kind: 'failing',
    given: dockerdWith('', '--seccomp-profile unconfined'),
    expect: [{ result: 'fail', severity: 'high', fix: 'advice' }],
  },
  {
    name: 'a profile of its own',
    kind: 'odd',
    given: dockerdWith('{"seccomp-profile": "/etc/docker/seccomp.json"}'),
    expect: [],
  },
  { name: 'the default', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
