import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonVerifyWithoutCa } from './daemon-verify-without-ca.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonVerifyWithoutCa, [
  {
    name: 'no CA in the file',
    kind: 'failing',
    given: dockerdWith('{"tlsverify": true, "tlscert": "/c", "tlskey": "/k"}', '-H tcp://0.0.0.0:2376'),
    expect: [{ result: 'fail', severity: 'critical', fix: 'advice' }],
  },
  {
    name: 'an empty CA',
    kind: 'failing',
    given: dockerdWith(
      '{"tls": true, "tlscacert": "", "tlscert": "/c", "tlskey": "/k"}',
      '-H tcp://0.0.0.0:2376',
    ),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'no hosts: localhost alone',
    kind: 'failing',
    given: dockerdWith('{"hosts": [], "tls": true, "tlscert": "/c", "tlskey": "/k"}'),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'the CA as a flag is ignored beside tls in the file',
    kind: 'odd',
    given: dockerdWith(
      '{"tls": true, "tlscert": "/c", "tlskey": "/k"}',
      '-H tcp://0.0.0.0:2376 --tlscacert=/ca',
    ),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'all of it as flags: the usual place is taken',
    kind: 'odd',
    given: dockerdWith('', '-H tcp://0.0.0.0:2376 --tlsverify'),
    expect: [],
  },
  {
    name: 'a CA of its own',
    kind: 'passing',
    given: dockerdWith(
      '{"tlsverify": true, "tlscacert": "/ca", "tlscert": "/c", "tlskey": "/k"}',
      '-H tcp://0.0.0.0:2376',
    ),
    expect: [],
  },
  { name: 'no TLS', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{"tls": true}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
