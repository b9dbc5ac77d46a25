import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonTlsVerifyOff } from './daemon-tls-verify-off.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonTlsVerifyOff, [
  {
    name: 'explicitly off in the file',
    kind: 'failing',
    given: dockerdWith('{\n"tlsverify": false,\n"tlscert": "/c", "tlskey": "/k"}', '-H tcp://0.0.0.0:2376'),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        file: '/etc/docker/daemon.json',
        line: 2,
        path: 'tlsverify',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'explicitly off as flag',
    kind: 'failing',
    given: dockerdWith('', '-H tcp://10.1.2.3:2376 --tlsverify=false --tlscert=/c --tlskey=/k'),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'off for a loopback address',
    kind: 'failing',
    given: dockerdWith('{"tlsverify": false, "tlscert": "/c", "tlskey": "/k"}', '-H tcp://127.0.0.1:2376'),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'only tls: verified by a rule that few know',
    kind: 'odd',
    given: dockerdWith('{"tls": true, "tlscert": "/c", "tlskey": "/k"}', '-H tcp://0.0.0.0:2376'),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch' }],
  },
  {
    name: 'off without any TCP socket',
    kind: 'odd',
    given: dockerdWith('{"tlsverify": false, "tlscert": "/c", "tlskey": "/k"}'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'on',
    kind: 'passing',
    given: dockerdWith(
      '{"tlsverify": true, "tlscacert": "/ca", "tlscert": "/c", "tlskey": "/k"}',
      '-H tcp://0.0.0.0:2376',
    ),
    expect: [],
  },
  {
    name: 'no TLS at all is another check',
    kind: 'passing',
    given: dockerdWith('', '-H tcp://0.0.0.0:2375'),
    expect: [],
  },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
