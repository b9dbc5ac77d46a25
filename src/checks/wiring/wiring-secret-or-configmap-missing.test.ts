import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-wiring.js'
import { wiringSecretOrConfigmapMissing } from './wiring-secret-or-configmap-missing.js'

const object = (kind: string, name: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\n`
const of = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })
const SECRET_ENV = 'env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: password } } }]'
const VOLUMES =
  'volumes: [{ name: a, secret: { secretName: tls } }, { name: b, projected: { sources: [{ configMap: { name: extra } }, { configMap: { name: kube-root-ca.crt } }] } }]'

checkTests(wiringSecretOrConfigmapMissing, [
  {
    name: 'a variable',
    kind: 'failing',
    given: of(deploymentWith(SECRET_ENV)),
    expect: [{ result: 'fail', severity: 'low', path: 'Secret shop/db', line: 13, fix: 'advice' }],
  },
  {
    name: 'volumes',
    kind: 'failing',
    given: of(deploymentWith('', VOLUMES)),
    expect: [{ result: 'fail', message: /Secret tls.*ConfigMap extra|ConfigMap extra.*Secret tls/ }],
  },
  {
    name: 'all are there',
    kind: 'passing',
    given: of(
      deploymentWith(SECRET_ENV, VOLUMES),
      object('Secret', 'db'),
      object('Secret', 'tls'),
      object('ConfigMap', 'extra'),
    ),
    expect: [],
  },
  {
    name: 'optional',
    kind: 'odd',
    given: of(deploymentWith('envFrom: [{ secretRef: { name: db, optional: true } }]')),
    expect: [],
  },
  {
    name: 'only the workload',
    kind: 'unknown',
    given: { manifests: deploymentWith(SECRET_ENV) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: of(deploymentWith('', 'volumes: { a: {} }')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
