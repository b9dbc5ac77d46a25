import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentIn, namespaceWith, RESTRICTED_CONTAINER, RESTRICTED_POD } from './example-namespace.js'
import { namespaceEnforceBelowWarn } from './namespace-enforce-below-warn.js'

const labels = (enforce: unknown, warn?: unknown): string =>
  namespaceWith({
    ...(enforce === undefined ? {} : { 'pod-security.kubernetes.io/enforce': enforce }),
    ...(warn === undefined ? {} : { 'pod-security.kubernetes.io/warn': warn }),
  })
const POD = '---\napiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: x }\nspec: { containers: [] }\n'

checkTests(namespaceEnforceBelowWarn, [
  {
    name: 'baseline, and a warning of restricted; one workload is in the way',
    kind: 'failing',
    given: { manifests: `${labels('baseline', 'restricted')}${deploymentIn('shop')}` },
    expect: [{ result: 'fail', severity: 'info', line: 5, fix: 'advice' }],
  },
  {
    name: 'nothing is in the way any more',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${labels('baseline', 'restricted')}${deploymentIn('shop', RESTRICTED_POD, RESTRICTED_CONTAINER)}${POD}`,
    },
    expect: [{ result: 'fail', fix: 'patch' }],
  },
  { name: 'the same', kind: 'passing', given: { manifests: labels('baseline', 'baseline') }, expect: [] },
  { name: 'warn follows by itself', kind: 'passing', given: { manifests: labels('restricted') }, expect: [] },
  {
    name: 'nothing is enforced: told elsewhere',
    kind: 'odd',
    given: { manifests: labels(undefined, 'restricted') },
    expect: [],
  },
  {
    name: 'a wrong level is enforced as restricted',
    kind: 'odd',
    given: { manifests: labels('High', 'restricted') },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: labels('baseline', 7) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
