import { checkTests } from '../../../test/kit/check-tests.js'
import { clientHostShadowsContext } from './client-host-shadows-context.js'
import { clientWith } from './example-client.js'

checkTests(clientHostShadowsContext, [
  {
    name: 'a context is chosen, and DOCKER_HOST set',
    kind: 'failing',
    given: clientWith({
      '.docker/config.json': '{ "currentContext": "test" }',
      '.profile': 'export DOCKER_HOST=ssh://ops@prod\n',
    }),
    expect: [{ result: 'fail', severity: 'low', line: 1, fix: 'advice' }],
  },
  {
    name: 'by the variable',
    kind: 'failing',
    given: clientWith({ '.profile': 'export DOCKER_HOST=ssh://ops@prod\nexport DOCKER_CONTEXT=test\n' }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'only a context',
    kind: 'passing',
    given: clientWith({ '.docker/config.json': '{ "currentContext": "test" }' }),
    expect: [],
  },
  {
    name: 'only DOCKER_HOST',
    kind: 'passing',
    given: clientWith({ '.profile': 'export DOCKER_HOST=ssh://ops@prod\n' }),
    expect: [],
  },
  {
    name: 'the context is the default one',
    kind: 'odd',
    given: clientWith({
      '.docker/config.json': '{ "currentContext": "default" }',
      '.profile': 'export DOCKER_HOST=ssh://ops@prod\n',
    }),
    expect: [],
  },
  {
    name: 'only a running shell knows it',
    kind: 'unknown',
    given: clientWith({
      '.docker/config.json': '{ "currentContext": "test" }',
      '.bashrc': 'export DOCKER_HOST=`cat x`\n',
    }),
    expect: [{ result: 'unknown', reason: 'unresolved-variable' }],
  },
])
