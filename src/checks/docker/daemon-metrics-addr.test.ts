import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonMetricsAddr } from './daemon-metrics-addr.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonMetricsAddr, [
  {
    name: 'every address',
    kind: 'failing',
    given: dockerdWith('{\n"metrics-addr": "0.0.0.0:9323"}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'patch', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'a port without an address is every address here',
    kind: 'odd',
    given: dockerdWith('{"metrics-addr": ":9323"}'),
    expect: [{ result: 'fail' }],
  },
  { name: 'loopback in IPv6', kind: 'odd', given: dockerdWith('{"metrics-addr": "[::1]:9323"}'), expect: [] },
  { name: 'off', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
