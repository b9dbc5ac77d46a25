import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonUnitAndJsonHostsConflict } from './daemon-unit-and-json-hosts-conflict.js'
import { brokenDaemonJson, daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonUnitAndJsonHostsConflict, [
  {
    name: 'hosts in unit and file',
    kind: 'failing',
    given: dockerdWith('{\n"hosts": ["tcp://10.0.0.5"]}', '-H fd://'),
    expect: [{ result: 'fail', severity: 'high', file: '/etc/docker/daemon.json', line: 2, fix: 'advice' }],
  },
  {
    name: 'another setting, the same value',
    kind: 'failing',
    given: dockerdWith('{"debug": true}', '-D'),
    expect: [{ result: 'fail', fix: 'patch' }],
  },
  {
    name: 'an empty list is still there',
    kind: 'odd',
    given: dockerdWith('{"hosts": []}', '-H fd://'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'runtimes of both places are merged',
    kind: 'odd',
    given: dockerdWith('{"runtimes": {"a": {"path": "/bin/a"}}}', '--add-runtime b=/bin/b'),
    expect: [],
  },
  { name: 'each in one place', kind: 'passing', given: dockerdWith('{"icc": false}', '--debug'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{"hosts": ["fd://"]}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'the file cannot be parsed',
    kind: 'unknown',
    given: brokenDaemonJson(),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
