import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonDefaultRuntime } from './daemon-default-runtime.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonDefaultRuntime, [
  {
    name: 'another program',
    kind: 'failing',
    given: dockerdWith('{"runtimes": {"x": {"path": "/tmp/x"}},\n"default-runtime": "x"}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'a name that begins like a known one',
    kind: 'odd',
    given: dockerdWith('', '--default-runtime runc-fast'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a sandbox',
    kind: 'odd',
    given: dockerdWith('{"default-runtime": "io.containerd.runsc.v1"}'),
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
