import { checkTests } from '../../../test/kit/check-tests.js'
import { accountNamed, deploymentWith, editFor } from './example-workload.js'
import { saDefaultUsed } from './sa-default-used.js'

checkTests(saDefaultUsed, [
  {
    name: 'no account is named',
    kind: 'failing',
    given: { manifests: deploymentWith({}) },
    expect: [{ result: 'fail', severity: 'low', path: 'serviceAccountName', fix: 'advice' }],
  },
  {
    name: 'rights are bound to it',
    kind: 'failing',
    given: { manifests: `${deploymentWith({})}---\n${editFor('shop', 'default')}` },
    expect: [{ result: 'fail', severity: 'medium', message: /1 binding/ }],
  },
  {
    name: 'rights are bound to that of another namespace',
    kind: 'odd',
    given: { manifests: `${deploymentWith({})}---\n${editFor('billing', 'default')}` },
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'the deprecated field',
    kind: 'odd',
    given: { manifests: deploymentWith({ serviceAccount: 'web' }) },
    expect: [],
  },
  {
    name: 'an account of its own',
    kind: 'passing',
    given: { manifests: deploymentWith({ serviceAccountName: 'web' }) },
    expect: [],
  },
  {
    name: 'the pod mounts no token',
    kind: 'passing',
    given: { manifests: deploymentWith({ automountServiceAccountToken: false }) },
    expect: [],
  },
  {
    name: 'the account mounts no token',
    kind: 'passing',
    given: {
      manifests: `${deploymentWith({})}---\n${accountNamed('shop', 'default', { automountServiceAccountToken: false })}`,
    },
    expect: [],
  },
  {
    name: 'the pod mounts a token although the account says no',
    kind: 'odd',
    given: {
      manifests: `${deploymentWith({ automountServiceAccountToken: true })}---
${accountNamed('shop', 'default', { automountServiceAccountToken: false })}`,
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a mirror pod has no account',
    kind: 'odd',
    given: {
      manifests: `apiVersion: v1
kind: Pod
metadata:
  name: etcd-cp-1
  namespace: kube-system
  annotations: { kubernetes.io/config.mirror: abc }
spec: { containers: [{ name: etcd, image: etcd }] }
`,
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: deploymentWith({ serviceAccountName: ['web'] }) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
