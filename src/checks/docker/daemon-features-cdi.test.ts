import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonFeaturesCdi } from './daemon-features-cdi.js'
import { daemonJsonAlone, dockerdOfVersion, dockerdWith } from './example-dockerd.js'

checkTests(daemonFeaturesCdi, [
  {
    name: 'on',
    kind: 'failing',
    given: dockerdWith('{"features": {\n"cdi": true}}'),
    expect: [{ result: 'fail', severity: 'info', fix: 'advice', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'on by default',
    kind: 'failing',
    given: dockerdOfVersion('29.0.0'),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'off where it is the default',
    kind: 'odd',
    given: dockerdOfVersion('29.0.0', '{"features": {"cdi": false}}'),
    expect: [],
  },
  { name: 'an old release', kind: 'passing', given: dockerdOfVersion('24.0.9'), expect: [] },
  {
    name: 'the version is not known',
    kind: 'unknown',
    given: dockerdWith('{}'),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
