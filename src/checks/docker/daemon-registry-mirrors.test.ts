import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonRegistryMirrors } from './daemon-registry-mirrors.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonRegistryMirrors, [
  {
    name: 'http',
    kind: 'failing',
    given: dockerdWith('{\n"registry-mirrors": ["http://mirror.internal"]}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'other letters, as flag',
    kind: 'odd',
    given: dockerdWith('', '--registry-mirror HTTP://mirror.internal'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'on this host',
    kind: 'odd',
    given: dockerdWith('{"registry-mirrors": ["http://localhost:5000"]}'),
    expect: [],
  },
  {
    name: 'https',
    kind: 'passing',
    given: dockerdWith('{"registry-mirrors": ["https://mirror.internal"]}'),
    expect: [],
  },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
