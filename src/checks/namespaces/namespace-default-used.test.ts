import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentIn, namespaceWith } from './example-namespace.js'
import { namespaceDefaultUsed } from './namespace-default-used.js'

checkTests(namespaceDefaultUsed, [
  {
    name: 'a workload in default',
    kind: 'failing',
    given: { manifests: deploymentIn('default') },
    expect: [{ result: 'fail', severity: 'low', path: 'metadata.namespace', fix: 'advice' }],
  },
  {
    name: 'beside others',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${namespaceWith({}, 'default')}---\n${namespaceWith({})}${deploymentIn('default')}${deploymentIn('shop')}`,
    },
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'the only application of a cluster',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${namespaceWith({}, 'default')}---\n${namespaceWith({}, 'kube-system')}${deploymentIn('default')}${deploymentIn('kube-system')}`,
    },
    expect: [{ result: 'fail', severity: 'info' }],
  },
  { name: 'a namespace of its own', kind: 'passing', given: { manifests: deploymentIn('shop') }, expect: [] },
  { name: 'no namespace is named', kind: 'odd', given: { manifests: deploymentIn('') }, expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: deploymentIn('default').replace('"namespace":"default"', '"namespace":["default"]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
