import { checkTests } from '../../../test/kit/check-tests.js'
import { wiringDeprecatedApi } from './wiring-deprecated-api.js'

const object = (apiVersion: string, kind: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\n`
const node = (version: string) =>
  `apiVersion: v1\nkind: Node\nmetadata: { name: n }\nstatus: { nodeInfo: { kubeletVersion: ${version} } }\n`
const of = (...texts: string[]) => ({ manifests: texts.join('---\n') })

checkTests(wiringDeprecatedApi, [
  {
    name: 'removed long ago',
    kind: 'failing',
    given: of(object('policy/v1beta1', 'PodDisruptionBudget')),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'apiVersion',
        line: 1,
        fix: 'advice',
        message: /not served from 1\.25 on/,
      },
    ],
  },
  {
    name: 'removed in the version of the cluster',
    kind: 'failing',
    given: of(node('v1.37.0'), object('networking.k8s.io/v1beta1', 'IPAddress')),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'served still',
    kind: 'odd',
    given: of(node('v1.36.2'), object('networking.k8s.io/v1beta1', 'IPAddress')),
    expect: [{ result: 'fail', severity: 'info', message: /to be removed in 1\.37/ }],
  },
  {
    name: 'a plan',
    kind: 'odd',
    given: of(object('resource.k8s.io/v1beta1', 'ResourceClaim')),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'stable versions',
    kind: 'passing',
    given: of(object('policy/v1', 'PodDisruptionBudget'), object('apps/v1', 'Deployment')),
    expect: [],
  },
  {
    name: 'which version the cluster has was not read',
    kind: 'unknown',
    given: of(object('networking.k8s.io/v1beta1', 'ServiceCIDR')),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
])
