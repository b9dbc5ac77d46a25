import { checkTests } from '../../../test/kit/check-tests.js'
import { containerEnvSecrets } from './container-env-secrets.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerEnvSecrets, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ Config: { Env: ['DB_PASSWORD=correct-horse'] } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'Config.Env DB_PASSWORD', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { Config: { Env: ['DB_PASSWORD=correct-horse'] } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'Config.Env DB_PASSWORD' }],
  },
  {
    name: 'a file that holds it',
    kind: 'passing',
    given: containerWith({
      Config: { Env: ['DB_PASSWORD_FILE=/run/secrets/db', 'TOKEN=/run/secrets/token'] },
    }),
    expect: [],
  },
  { name: 'nothing', kind: 'passing', given: containerWith({ Config: { Env: null } }), expect: [] },
  {
    name: 'switches and empty values',
    kind: 'passing',
    given: containerWith({ Config: { Env: ['USE_TOKEN=true', 'PASSWORD=', 'PWD=/srv'] } }),
    expect: [],
  },
  {
    name: 'a token by its form, whatever its name',
    kind: 'odd',
    given: containerWith({ Config: { Env: ['SETTINGS=ghp_0123456789abcdefghij'] } }),
    expect: [{ result: 'fail', path: 'Config.Env SETTINGS' }],
  },
  {
    name: 'a password in an address',
    kind: 'odd',
    given: containerWith({ Config: { Env: ['DATABASE_URL=postgres://shop:correcthorse@db/shop'] } }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'two of them',
    kind: 'odd',
    given: containerWith({ Config: { Env: ['A_TOKEN=abcdef', 'B_SECRET=ghijkl', 'MODE=fast'] } }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'variables of a wrong type',
    kind: 'odd',
    given: containerWith({ Config: { Env: [1, null, 'X'] } }),
    expect: [],
  },
  {
    name: 'no variables were seen',
    kind: 'odd',
    given: containerWith({ Config: { Env: undefined } }),
    expect: [{ result: 'unknown' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({
      name: 'k8s_web_web-0_shop_1',
      ...{ Config: { Env: ['DB_PASSWORD=correct-horse'] } },
    }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its Config was not seen',
    kind: 'unknown',
    given: containerOnHost('Config'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
