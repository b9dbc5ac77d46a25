import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonCgroupParent } from './daemon-cgroup-parent.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonCgroupParent, [
  {
    name: 'set',
    kind: 'failing',
    given: dockerdWith('{"cgroup-parent": "/batch"}'),
    expect: [{ result: 'fail', severity: 'info', fix: 'advice', file: '/etc/docker/daemon.json', line: 1 }],
  },
  { name: 'empty', kind: 'odd', given: dockerdWith('{"cgroup-parent": ""}'), expect: [] },
  { name: 'the default', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
