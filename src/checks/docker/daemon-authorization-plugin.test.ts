import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonAuthorizationPlugin } from './daemon-authorization-plugin.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonAuthorizationPlugin, [
  {
    name: 'none',
    kind: 'failing',
    given: dockerdWith(''),
    expect: [{ result: 'fail', severity: 'low', fix: 'advice' }],
  },
  {
    name: 'several people over TCP',
    kind: 'failing',
    given: dockerdWith('{}', '-H tcp://0.0.0.0:2376 --tlsverify', { '/etc/group': 'docker:x:998:ann,ben\n' }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'one person over TCP',
    kind: 'odd',
    given: dockerdWith('{}', '-H tcp://0.0.0.0:2376 --tlsverify', { '/etc/group': 'docker:x:998:ann\n' }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  { name: 'a plugin', kind: 'passing', given: dockerdWith('', '--authorization-plugin=opa'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
