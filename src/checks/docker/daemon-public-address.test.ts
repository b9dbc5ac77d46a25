import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonPublicAddress } from './daemon-public-address.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonPublicAddress, [
  {
    name: 'a public address',
    kind: 'failing',
    given: dockerdWith('', '-H fd:// -H tcp://203.0.113.7:2375'),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'every address, verified',
    kind: 'failing',
    given: dockerdWith('', '-H tcp://0.0.0.0:2376 --tlsverify'),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a public IPv4 inside IPv6',
    kind: 'odd',
    given: dockerdWith('', '-H tcp://[::ffff:203.0.113.7]:2375'),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'zeros in IPv6 are every address',
    kind: 'odd',
    given: dockerdWith('', '-H tcp://[0:0:0:0:0:0:0:0]:2375'),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'private',
    kind: 'passing',
    given: dockerdWith('', '-H tcp://10.0.0.5:2376 --tlsverify'),
    expect: [],
  },
  {
    name: 'unique local IPv6',
    kind: 'passing',
    given: dockerdWith('', '-H tcp://[fd00::5]:2376 --tlsverify'),
    expect: [],
  },
  {
    name: 'a name',
    kind: 'unknown',
    given: dockerdWith('', '-H tcp://docker.example:2376 --tlsverify'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
