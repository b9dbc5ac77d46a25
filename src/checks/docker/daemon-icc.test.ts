import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonIcc } from './daemon-icc.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonIcc, [
  {
    name: 'the default',
    kind: 'failing',
    given: dockerdWith(''),
    expect: [{ result: 'fail', severity: 'medium', path: 'icc', fix: 'advice' }],
  },
  {
    name: 'set',
    kind: 'failing',
    given: dockerdWith('{\n"icc": true}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice', file: '/etc/docker/daemon.json', line: 2 }],
  },
  { name: 'there is no default bridge', kind: 'odd', given: dockerdWith('{"bridge": "none"}'), expect: [] },
  { name: 'null switches it off', kind: 'odd', given: dockerdWith('{"icc": null}'), expect: [] },
  { name: 'off', kind: 'passing', given: dockerdWith('', '--icc=false'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
