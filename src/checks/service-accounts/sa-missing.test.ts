import { checkTests } from '../../../test/kit/check-tests.js'
import { accountNamed, deploymentWith } from './example-workload.js'
import { saMissing } from './sa-missing.js'

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: other }\n'

checkTests(saMissing, [
  {
    name: 'no such account in the whole cluster',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${deploymentWith({ serviceAccountName: 'web' })}---\n${accountNamed('shop', 'default')}`,
    },
    expect: [{ result: 'fail', severity: 'medium', line: 11, path: 'serviceAccountName', fix: 'advice' }],
  },
  {
    name: 'the same name in another namespace, and this one is gone',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${deploymentWith({ serviceAccountName: 'web' })}---\n${accountNamed('other', 'web')}---\n${NAMESPACE}`,
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'it is there',
    kind: 'passing',
    given: {
      manifests: `${deploymentWith({ serviceAccountName: 'web' })}---\n${accountNamed('shop', 'web')}`,
    },
    expect: [],
  },
  {
    name: 'default, which every namespace has',
    kind: 'passing',
    given: { manifests: deploymentWith({}) },
    expect: [],
  },
  {
    name: 'only manifests',
    kind: 'unknown',
    given: { manifests: deploymentWith({ serviceAccountName: 'web' }) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { complete: true, manifests: deploymentWith({ serviceAccountName: 7 }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
