import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonTcpWithoutTls } from './daemon-tcp-without-tls.js'
import { brokenDaemonJson, daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonTcpWithoutTls, [
  {
    name: 'a flag for every address',
    kind: 'failing',
    given: dockerdWith('', '-H fd:// -H tcp://0.0.0.0:2375'),
    expect: [{ result: 'fail', severity: 'critical', path: 'hosts tcp://0.0.0.0:2375', fix: 'advice' }],
  },
  {
    name: 'in daemon.json, IPv6',
    kind: 'failing',
    given: dockerdWith('{\n  "hosts": [\n    "unix:///var/run/docker.sock",\n    "tcp://[::]:2375"\n  ]\n}'),
    expect: [{ result: 'fail', severity: 'critical', file: '/etc/docker/daemon.json', line: 4 }],
  },
  {
    name: 'loopback alone: local users and pods on the host network',
    kind: 'failing',
    given: dockerdWith('', '-H fd:// -H tcp://127.0.0.1:2375'),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a port without an address is localhost',
    kind: 'odd',
    given: dockerdWith('', '-H tcp://:2375'),
    expect: [{ result: 'fail', severity: 'high', path: 'hosts tcp://localhost:2375' }],
  },
  {
    name: 'systemd opens the port for fd://',
    kind: 'odd',
    given: dockerdWith('', '', {
      '/etc/systemd/system/docker.socket.d/tcp.conf': '[Socket]\nListenStream=2375\n',
    }),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        file: '/etc/systemd/system/docker.socket.d/tcp.conf',
        line: 2,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'TLS explicitly off still listens',
    kind: 'odd',
    given: dockerdWith('', '-H tcp://10.0.0.5 --tls=false'),
    expect: [{ result: 'fail', severity: 'critical', path: 'hosts tcp://10.0.0.5:2375' }],
  },
  {
    name: 'tlsverify false turns TLS on: another check',
    kind: 'odd',
    given: dockerdWith('{"tlsverify": false, "tlscert": "/c", "tlskey": "/k"}', '-H tcp://0.0.0.0:2376'),
    expect: [],
  },
  { name: 'the socket of the package', kind: 'passing', given: dockerdWith('{}'), expect: [] },
  {
    name: 'mutual TLS',
    kind: 'passing',
    given: dockerdWith(
      '{"tlsverify": true, "tlscacert": "/ca", "tlscert": "/c", "tlskey": "/k"}',
      '-H fd:// -H tcp://0.0.0.0:2376',
    ),
    expect: [],
  },
  {
    name: 'the unit was not seen: flags may turn TLS on',
    kind: 'unknown',
    given: daemonJsonAlone('{"hosts": ["tcp://0.0.0.0:2375"]}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'neither hosts nor flags',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'daemon.json cannot be parsed',
    kind: 'unknown',
    given: brokenDaemonJson('-H tcp://10.0.0.5'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
