import { checkTests } from '../../../test/kit/check-tests.js'
import { bindingOf } from './example-objects.js'
import { rbacDanglingSubject } from './rbac-dangling-subject.js'

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata: { name: runner, namespace: ci }
---
apiVersion: v1
kind: Namespace
metadata: { name: ci }
`
const account = (namespace: string, name: string) => ({ kind: 'ServiceAccount', namespace, name })

checkTests(rbacDanglingSubject, [
  {
    name: 'an account that is gone',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${bindingOf('old', 'edit', account('ci', 'jenkins'))}---\n${ACCOUNT}`,
    },
    expect: [{ result: 'fail', severity: 'medium', path: 'subjects[name=jenkins]', line: 10, fix: 'patch' }],
  },
  {
    name: 'a namespace that is gone, even its default account',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${bindingOf('old', 'edit', account('gone', 'default'))}---\n${ACCOUNT}`,
    },
    expect: [{ result: 'fail', message: /gone\/default does not exist/ }],
  },
  {
    name: 'an account written as its user name',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${bindingOf('old', 'edit', { kind: 'User', name: 'system:serviceaccount:ci:jenkins' })}---\n${ACCOUNT}`,
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'an account that is there, users and groups',
    kind: 'passing',
    given: {
      complete: true,
      manifests: `${bindingOf('ci', 'edit', account('ci', 'runner'), { kind: 'Group', name: 'devs' })}---\n${ACCOUNT}`,
    },
    expect: [],
  },
  {
    name: 'a default binding whose account is made when needed',
    kind: 'passing',
    given: {
      complete: true,
      manifests: `${bindingOf('system:kube-dns', 'system:kube-dns', account('kube-system', 'kube-dns'))}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: default, namespace: kube-system }
`,
    },
    expect: [],
  },
  {
    name: 'only manifests',
    kind: 'unknown',
    given: { manifests: bindingOf('ci', 'edit', account('ci', 'runner')) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: {
      manifests: bindingOf('odd', 'view').replace(
        'subjects:',
        'subjects: [{ kind: ServiceAccount, name: 7 }]',
      ),
    },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
