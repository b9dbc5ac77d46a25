import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardArgoServerAuthModeServer } from './dashboard-argo-server-auth-mode-server.js'
import { consoleWith } from './example-console.js'

const image = 'quay.io/argoproj/argocli:v3.7.0'

checkTests(dashboardArgoServerAuthModeServer, [
  {
    name: 'the mode server',
    kind: 'failing',
    given: { manifests: consoleWith({ image, args: ['server', '--auth-mode=server'] }) },
    expect: [{ result: 'fail', severity: 'high', line: 15, fix: 'patch' }],
  },
  {
    name: 'one of two modes, in a word of its own',
    kind: 'odd',
    given: {
      manifests: consoleWith({ image, args: ['server', '--auth-mode', 'server', '--auth-mode', 'sso'] }),
    },
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'the default',
    kind: 'passing',
    given: { manifests: consoleWith({ image, args: ['server'] }) },
    expect: [],
  },
  {
    name: 'the same image as another program',
    kind: 'odd',
    given: { manifests: consoleWith({ image, args: ['submit', '--auth-mode=server'] }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: consoleWith({ image, command: ['argo', 'server'], args: '--auth-mode=server' }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
