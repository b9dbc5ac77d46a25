import { checkTests } from '../../../test/kit/check-tests.js'
import { clientTlsUnverified } from './client-tls-unverified.js'
import { clientWith, context } from './example-client.js'

checkTests(clientTlsUnverified, [
  {
    name: 'DOCKER_TLS alone',
    kind: 'failing',
    given: clientWith({ '.profile': 'export DOCKER_HOST=tcp://10.0.0.5:2376\nexport DOCKER_TLS=1\n' }),
    expect: [{ result: 'fail', severity: 'high', line: 2, fix: 'advice' }],
  },
  {
    name: 'a context that verifies nothing',
    kind: 'failing',
    given: clientWith(context('build', 'tcp://10.0.0.5:2376', { skip: true })),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'verified',
    kind: 'passing',
    given: clientWith({
      '.profile': 'export DOCKER_HOST=tcp://10.0.0.5:2376\nexport DOCKER_TLS=1\nexport DOCKER_TLS_VERIFY=1\n',
    }),
    expect: [],
  },
  {
    name: 'no TLS is asked for',
    kind: 'passing',
    given: clientWith(context('build', 'ssh://ops@10.0.0.5', { skip: true })),
    expect: [],
  },
  {
    name: 'nothing uses it',
    kind: 'odd',
    given: clientWith({ '.profile': 'export DOCKER_TLS=1\n' }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'only a running shell knows it',
    kind: 'unknown',
    given: clientWith({ '.profile': 'export DOCKER_TLS=$(cat /etc/tls)\n' }),
    expect: [{ result: 'unknown' }],
  },
])
