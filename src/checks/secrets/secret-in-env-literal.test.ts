import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-objects.js'
import { secretInEnvLiteral } from './secret-in-env-literal.js'

const env = (...variables: unknown[]): { manifests: string } => ({
  manifests: deploymentWith({ env: variables }),
})

checkTests(secretInEnvLiteral, [
  {
    name: 'a password',
    kind: 'failing',
    given: env({ name: 'PORT', value: '80' }, { name: 'DB_PASSWORD', value: 'hunter2' }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'spec.template.spec.containers[name=app].env[name=DB_PASSWORD].value',
        message: /^variable `DB_PASSWORD` of container `app` holds a literal of 7 signs/,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a password in an address',
    kind: 'failing',
    given: env({ name: 'BROKER', value: 'amqp://app:s3cret@rabbit:5672' }),
    expect: [{ result: 'fail', message: /a password in an address/ }],
  },
  {
    name: 'files, names, switches and references',
    kind: 'passing',
    given: env(
      { name: 'DB_PASSWORD_FILE', value: '/run/db' },
      { name: 'SECRET_NAME', value: 'db' },
      { name: 'USE_TOKEN', value: 'true' },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'p' } } },
    ),
    expect: [],
  },
  {
    name: 'an access key id',
    kind: 'odd',
    given: env({ name: 'AWS_ACCESS_KEY_ID', value: `AKIAIOSFODNN7EXAMPLE` }),
    expect: [],
  },
  {
    name: 'a value that a snapshot did not keep',
    kind: 'unknown',
    given: env({ name: 'DB_PASSWORD', value: '[redacted]' }),
    expect: [{ result: 'unknown', reason: 'not-given' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: deploymentWith({ env: { DB_PASSWORD: 'hunter2' } }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
