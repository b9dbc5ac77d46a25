import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonStorageDriver } from './daemon-storage-driver.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonStorageDriver, [
  {
    name: 'devicemapper',
    kind: 'failing',
    given: dockerdWith('{\n"storage-driver": "devicemapper"}'),
    expect: [{ result: 'fail', severity: 'low', fix: 'advice', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'the short flag',
    kind: 'failing',
    given: dockerdWith('', '-s aufs'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'joined to its short flag',
    kind: 'odd',
    given: dockerdWith('', '-svfs'),
    expect: [{ result: 'fail' }],
  },
  { name: 'overlay2', kind: 'passing', given: dockerdWith('{"storage-driver": "overlay2"}'), expect: [] },
  { name: 'left to dockerd', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
