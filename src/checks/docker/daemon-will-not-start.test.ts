import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonWillNotStart } from './daemon-will-not-start.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonWillNotStart, [
  {
    name: 'a trailing comma',
    kind: 'failing',
    given: dockerdWith('{\n  "debug": true,\n}'),
    expect: [{ result: 'fail', severity: 'high', file: '/etc/docker/daemon.json', line: 3, fix: 'advice' }],
  },
  {
    name: 'a text for a switch',
    kind: 'failing',
    given: dockerdWith('{"icc": "false"}'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'an unknown flag',
    kind: 'failing',
    given: dockerdWith('', '--no-such'),
    expect: [{ result: 'fail', message: /no-such/ }],
  },
  {
    name: 'TLS without a certificate',
    kind: 'failing',
    given: dockerdWith('{"tls": true}'),
    expect: [{ result: 'fail', message: /tlscert/ }],
  },
  {
    name: 'a boolean and its value as two words',
    kind: 'odd',
    given: dockerdWith('', '--icc false'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'icc off without iptables',
    kind: 'odd',
    given: dockerdWith('{"icc": false, "iptables": false}'),
    expect: [{ result: 'fail', message: /iptables/ }],
  },
  {
    name: 'an empty file, release not known',
    kind: 'odd',
    given: dockerdWith(' '),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  { name: 'plain', kind: 'passing', given: dockerdWith('{"debug": true}'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
