import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonAllowDirectRouting } from './daemon-allow-direct-routing.js'
import { daemonJsonAlone, dockerdOfVersion } from './example-dockerd.js'

checkTests(daemonAllowDirectRouting, [
  {
    name: 'on',
    kind: 'failing',
    given: dockerdOfVersion('28.3.3', '{\n"allow-direct-routing": true}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'patch', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'a release without it',
    kind: 'odd',
    given: dockerdOfVersion('27.5.1'),
    expect: [{ result: 'notApplicable' }],
  },
  { name: 'the default', kind: 'passing', given: dockerdOfVersion('29.0.0'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
