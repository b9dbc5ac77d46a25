import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-workload.js'
import { saTokenEnv } from './sa-token-env.js'

const secret = (type: string, name = 'deployer-token'): string =>
  `---\n${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop' }, type })}\n`
const TOKEN = secret('kubernetes.io/service-account-token')
const container = (fields: object): string =>
  deploymentWith({}).replace('"image":', `${JSON.stringify(fields).slice(1, -1)},"image":`)
const variable = (key: string, name = 'deployer-token'): string =>
  container({ env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name, key } } }] })

checkTests(saTokenEnv, [
  {
    name: 'the token of a Secret in a variable',
    kind: 'failing',
    given: { manifests: `${variable('token')}${TOKEN}` },
    expect: [{ result: 'fail', severity: 'medium', message: /`TOKEN`.*deployer-token/, fix: 'advice' }],
  },
  {
    name: 'the whole Secret',
    kind: 'failing',
    given: { manifests: `${container({ envFrom: [{ secretRef: { name: 'deployer-token' } }] })}${TOKEN}` },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'its certificate is no secret',
    kind: 'odd',
    given: { manifests: `${variable('ca.crt')}${TOKEN}` },
    expect: [],
  },
  {
    name: 'a Secret of another kind',
    kind: 'passing',
    given: { manifests: `${variable('token')}${secret('Opaque')}` },
    expect: [],
  },
  {
    name: 'a Secret that was not read',
    kind: 'unknown',
    given: { manifests: variable('token') },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'one that does not look like it',
    kind: 'odd',
    given: { manifests: variable('token', 'github') },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'odd',
    given: { manifests: container({ env: [{ name: 5, valueFrom: 'x' }, 7], envFrom: {} }) },
    expect: [],
  },
])
