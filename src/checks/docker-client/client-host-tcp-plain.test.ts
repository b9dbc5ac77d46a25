import { checkTests } from '../../../test/kit/check-tests.js'
import { clientHostTcpPlain } from './client-host-tcp-plain.js'
import { clientWith, context } from './example-client.js'

checkTests(clientHostTcpPlain, [
  {
    name: 'a daemon without TLS',
    kind: 'failing',
    given: clientWith({ '.profile': 'export DOCKER_HOST=tcp://10.0.0.5:2375\n' }),
    expect: [{ result: 'fail', severity: 'high', file: '/home/alice/.profile', line: 1, fix: 'advice' }],
  },
  {
    name: 'a context without certificates',
    kind: 'failing',
    given: clientWith(context('build', 'tcp://10.0.0.5:2375')),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'for the whole host',
    kind: 'failing',
    given: clientWith(
      { '.docker/config.json': '{}' },
      { '/etc/environment': 'DOCKER_HOST="tcp://10.0.0.5:2375"\n' },
    ),
    expect: [{ result: 'fail', file: '/etc/environment', line: 1 }],
  },
  {
    name: 'TLS, verified',
    kind: 'passing',
    given: clientWith({
      '.profile':
        'export DOCKER_HOST=tcp://10.0.0.5:2376 DOCKER_TLS_VERIFY=1\nexport DOCKER_HOST=tcp://10.0.0.5:2376\nexport DOCKER_TLS_VERIFY=1\n',
    }),
    expect: [],
  },
  {
    name: 'SSH',
    kind: 'passing',
    given: clientWith({ '.profile': 'export DOCKER_HOST=ssh://ops@10.0.0.5\n' }),
    expect: [],
  },
  {
    name: 'a context with certificates',
    kind: 'passing',
    given: clientWith(context('build', 'tcp://10.0.0.5:2376', { keyMode: 0o600 })),
    expect: [],
  },
  {
    name: 'even DOCKER_TLS_VERIFY=0 verifies',
    kind: 'odd',
    given: clientWith({ '.profile': 'export DOCKER_HOST=tcp://10.0.0.5:2376\nexport DOCKER_TLS_VERIFY=0\n' }),
    expect: [],
  },
  {
    name: 'a loopback address',
    kind: 'odd',
    given: clientWith({ '.profile': 'export DOCKER_HOST=tcp://127.0.0.1:2375\n' }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'set for one command alone',
    kind: 'odd',
    given: clientWith({ '.profile': 'DOCKER_HOST=tcp://10.0.0.5:2375 docker ps\n' }),
    expect: [],
  },
  {
    name: 'never exported',
    kind: 'odd',
    given: clientWith({ '.profile': 'DOCKER_HOST=tcp://10.0.0.5:2375\n' }),
    expect: [],
  },
  {
    name: 'taken away again',
    kind: 'odd',
    given: clientWith({ '.profile': 'export DOCKER_HOST=tcp://10.0.0.5:2375\nunset DOCKER_HOST\n' }),
    expect: [],
  },
  {
    name: 'a context of a wrong type',
    kind: 'odd',
    given: clientWith({ '.docker/contexts/meta/a/meta.json': '{"Endpoints":[1]}' }),
    expect: [],
  },
  {
    name: 'only a running shell knows it',
    kind: 'unknown',
    given: clientWith({ '.profile': 'export DOCKER_HOST=tcp://$BUILD_HOST:2375\n' }),
    expect: [{ result: 'unknown', reason: 'unresolved-variable' }],
  },
])
