import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonDebug } from './daemon-debug.js'
import { brokenDaemonJson, daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonDebug, [
  {
    name: 'in the file',
    kind: 'failing',
    given: dockerdWith('{\n"debug": true}'),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'the short flag',
    kind: 'failing',
    given: dockerdWith('', '-D'),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  { name: 'the flag says false', kind: 'odd', given: dockerdWith('', '--debug=false'), expect: [] },
  { name: 'the default', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'the file cannot be parsed',
    kind: 'unknown',
    given: brokenDaemonJson(),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
