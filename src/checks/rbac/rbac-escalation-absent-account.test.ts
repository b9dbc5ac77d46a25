import { checkTests } from '../../../test/kit/check-tests.js'
import { bindingOf, clusterRole } from './example-objects.js'
import { rbacEscalationAbsentAccount } from './rbac-escalation-absent-account.js'

const rights = (...resources: string[]): string =>
  `${clusterRole('accounts', [{ verbs: ['create'], apiGroups: [''], resources }])}---
${bindingOf('accounts', 'accounts', { kind: 'User', name: 'dora' })}`
const given = (namespace: string): string => `---
${clusterRole('reader', [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }])}---
${bindingOf('old', 'reader', { kind: 'ServiceAccount', namespace, name: 'jenkins' })}`
const account = (name: string): string => `---
apiVersion: v1
kind: Namespace
metadata: { name: ci }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: ci }
`

checkTests(rbacEscalationAbsentAccount, [
  {
    name: 'who makes accounts and tokens',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${rights('serviceaccounts', 'serviceaccounts/token')}${given('ci')}${account('default')}`,
    },
    expect: [{ result: 'fail', severity: 'medium', message: /: ci\/jenkins/, fix: 'advice' }],
  },
  {
    name: 'who makes accounts and pods',
    kind: 'failing',
    given: {
      complete: true,
      manifests: `${rights('serviceaccounts', 'pods')}${given('ci')}${account('default')}`,
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'who makes accounts alone',
    kind: 'passing',
    given: {
      complete: true,
      manifests: `${rights('serviceaccounts')}${given('ci')}${account('default')}`,
    },
    expect: [],
  },
  {
    name: 'an account that is there',
    kind: 'passing',
    given: {
      complete: true,
      manifests: `${rights('serviceaccounts', 'pods')}${given('ci')}${account('jenkins')}`,
    },
    expect: [],
  },
  {
    name: 'an account of a namespace that is gone: nobody can make it',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${rights('serviceaccounts', 'pods')}${given('gone')}${account('default')}`,
    },
    expect: [],
  },
  {
    name: 'not all accounts were read: none is known to be absent',
    kind: 'odd',
    given: { manifests: `${rights('serviceaccounts', 'pods')}${given('ci')}${account('default')}` },
    expect: [],
  },
  {
    name: 'subjects of the wrong type',
    kind: 'unknown',
    given: { manifests: rights('serviceaccounts').replace(/subjects:[^]*$/, 'subjects: 7\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
