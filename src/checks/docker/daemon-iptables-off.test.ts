import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonIptablesOff } from './daemon-iptables-off.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonIptablesOff, [
  {
    name: 'off in the file',
    kind: 'failing',
    given: dockerdWith('{\n"iptables": false}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'patch', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'off as flag',
    kind: 'failing',
    given: dockerdWith('', '--iptables=false'),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'null switches it off',
    kind: 'odd',
    given: dockerdWith('{"iptables": null}'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  { name: 'the default', kind: 'passing', given: dockerdWith('{}'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
