import { checkTests } from '../../../test/kit/check-tests.js'
import { apiserviceInsecure } from './apiservice-insecure.js'
import { objectOf } from './example-webhook.js'

const service = (group: string, spec: object): { manifests: string } => ({
  manifests: objectOf('apiregistration.k8s.io/v1', 'APIService', `v1.${group}`, { spec: { group, ...spec } }),
})

checkTests(apiserviceInsecure, [
  {
    name: 'an extension server',
    kind: 'failing',
    given: service('widgets.example.com', { insecureSkipTLSVerify: true }),
    expect: [{ result: 'fail', severity: 'high', path: 'spec.insecureSkipTLSVerify', fix: 'advice' }],
  },
  {
    name: 'metrics-server as it is published',
    kind: 'odd',
    given: service('metrics.k8s.io', { insecureSkipTLSVerify: true }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a name that ends alike',
    kind: 'odd',
    given: service('mymetrics.k8s.io', { insecureSkipTLSVerify: true }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  { name: 'verified', kind: 'passing', given: service('widgets.example.com', { caBundle: 'x' }), expect: [] },
  {
    name: 'a group that the API server serves itself',
    kind: 'passing',
    given: service('apps', {}),
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: service('a.b', { insecureSkipTLSVerify: 'true' }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
