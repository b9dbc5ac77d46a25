import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonInsecureRegistries } from './daemon-insecure-registries.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonInsecureRegistries, [
  {
    name: 'a name with a port',
    kind: 'failing',
    given: dockerdWith('{\n"insecure-registries": ["registry.internal:5000"]}'),
    expect: [{ result: 'fail', severity: 'medium', file: '/etc/docker/daemon.json', line: 2, fix: 'advice' }],
  },
  {
    name: 'a network as flag',
    kind: 'failing',
    given: dockerdWith('', '--insecure-registry 10.0.0.0/8'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a registry on this host',
    kind: 'failing',
    given: dockerdWith('{"insecure-registries": ["127.0.0.1:5000"]}'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'every address there is',
    kind: 'odd',
    given: dockerdWith('{"insecure-registries": ["0.0.0.0/0"]}'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'loopback in IPv6',
    kind: 'odd',
    given: dockerdWith('{"insecure-registries": ["[::1]:5000"]}'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a name that only begins like localhost',
    kind: 'odd',
    given: dockerdWith('{"insecure-registries": ["localhost.evil.example"]}'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  { name: 'none', kind: 'passing', given: dockerdWith('{"insecure-registries": []}'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
