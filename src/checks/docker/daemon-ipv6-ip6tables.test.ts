import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonIpv6Ip6tables } from './daemon-ipv6-ip6tables.js'
import { daemonJsonAlone, dockerdOfVersion, dockerdWith } from './example-dockerd.js'

checkTests(daemonIpv6Ip6tables, [
  {
    name: 'off',
    kind: 'failing',
    given: dockerdWith('{"ipv6": true,\n"ip6tables": false}'),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch', file: '/etc/docker/daemon.json', line: 2 }],
  },
  {
    name: 'the default of an old release',
    kind: 'failing',
    given: dockerdOfVersion('24.0.9', '{"ipv6": true}'),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch' }],
  },
  { name: 'no IPv6', kind: 'odd', given: dockerdWith('{"ip6tables": false}'), expect: [] },
  {
    name: 'the default of a new release',
    kind: 'passing',
    given: dockerdOfVersion('28.3.3', '{"ipv6": true}'),
    expect: [],
  },
  {
    name: 'the default depends on the release',
    kind: 'unknown',
    given: dockerdWith('{"ipv6": true}'),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
