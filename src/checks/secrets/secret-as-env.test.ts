import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-objects.js'
import { secretAsEnv } from './secret-as-env.js'

const key = (name: string): object => ({ name: 'P', valueFrom: { secretKeyRef: { name, key: 'p' } } })

checkTests(secretAsEnv, [
  {
    name: 'one key',
    kind: 'failing',
    given: { manifests: deploymentWith({ env: [{ name: 'A', value: 'b' }, key('db')] }) },
    expect: [{ result: 'fail', severity: 'info', message: /Secret db/, fix: 'advice' }],
  },
  {
    name: 'all keys',
    kind: 'failing',
    given: {
      manifests: deploymentWith({
        envFrom: [{ configMapRef: { name: 'x' } }, { secretRef: { name: 'db' } }],
      }),
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'ConfigMaps and fields',
    kind: 'passing',
    given: {
      manifests: deploymentWith({
        env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'x', key: 'y' } } }],
        envFrom: [{ configMapRef: { name: 'x' } }],
      }),
    },
    expect: [],
  },
  {
    name: 'a reference without a name',
    kind: 'odd',
    given: { manifests: deploymentWith({ env: [{ valueFrom: { secretKeyRef: {} } }] }) },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: deploymentWith({ envFrom: 'db' }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
