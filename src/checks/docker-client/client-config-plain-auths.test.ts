import { checkTests } from '../../../test/kit/check-tests.js'
import { clientConfigPlainAuths } from './client-config-plain-auths.js'
import { clientWith } from './example-client.js'

checkTests(clientConfigPlainAuths, [
  {
    name: 'a password in the file',
    kind: 'failing',
    given: clientWith({
      '.docker/config.json': '{ "auths": { "registry.example": { "auth": "YWxpY2U6ZXhhbXBsZQ==" } } }',
    }),
    expect: [{ result: 'fail', severity: 'medium', path: 'auths registry.example', fix: 'advice' }],
  },
  {
    name: 'a helper has it',
    kind: 'passing',
    given: clientWith({
      '.docker/config.json': '{ "auths": { "registry.example": {} }, "credsStore": "pass" }',
    }),
    expect: [],
  },
  {
    name: 'no config.json',
    kind: 'passing',
    given: clientWith({ '.profile': 'export DOCKER_HOST=ssh://a\n' }),
    expect: [],
  },
  {
    name: 'a helper, and the password of before',
    kind: 'odd',
    given: clientWith({
      '.docker/config.json':
        '{ "auths": { "registry.example": { "auth": "YWxpY2U6ZXhhbXBsZQ==" } }, "credsStore": "pass" }',
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a token',
    kind: 'odd',
    given: clientWith({ '.docker/config.json': '{ "auths": { "r": { "identitytoken": "abcdef" } } }' }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'types that are wrong',
    kind: 'odd',
    given: clientWith({ '.docker/config.json': '{ "auths": [1], "credsStore": 3 }' }),
    expect: [],
  },
  {
    name: 'it cannot be parsed',
    kind: 'unknown',
    given: clientWith({ '.docker/config.json': '{' }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
