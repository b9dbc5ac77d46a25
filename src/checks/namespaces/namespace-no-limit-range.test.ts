import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentIn, namespaceWith } from './example-namespace.js'
import { namespaceNoLimitRange } from './namespace-no-limit-range.js'

const limits = (namespace: string): string =>
  `---\napiVersion: v1\nkind: LimitRange\nmetadata: { name: all, namespace: ${namespace} }\n`
const two = `${namespaceWith({})}---\n${namespaceWith({}, 'web')}${deploymentIn('shop')}${deploymentIn('web')}`

checkTests(namespaceNoLimitRange, [
  {
    name: 'one of two has none',
    kind: 'failing',
    given: { complete: true, manifests: `${two}${limits('web')}` },
    expect: [{ result: 'fail', severity: 'info', path: 'LimitRange', fix: 'advice' }],
  },
  {
    name: 'both have one',
    kind: 'passing',
    given: { complete: true, manifests: `${two}${limits('web')}${limits('shop')}` },
    expect: [],
  },
  {
    name: 'nothing runs there',
    kind: 'odd',
    given: { complete: true, manifests: `${namespaceWith({})}${limits('web')}` },
    expect: [],
  },
  {
    name: 'namespaces of the cluster itself',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${namespaceWith({}, 'kube-system')}${deploymentIn('kube-system')}${limits('web')}`,
    },
    expect: [],
  },
  {
    name: 'manifests alone: said once for all namespaces',
    kind: 'unknown',
    given: { manifests: two },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${namespaceWith({}).replace(/labels: .*/, 'labels: 7')}${limits('web')}`,
    },
    expect: [],
  },
])
