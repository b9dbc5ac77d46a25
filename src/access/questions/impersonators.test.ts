import { describe, expect, it } from 'vitest'
import { estateFrom } from '../../sources/inline.js'
import { createAuthorizer } from '../create-authorizer.js'
import { impersonators, resourceQuestion } from './index.js'

const RBAC = 'rbac.authorization.k8s.io'
interface Rule {
  readonly verbs: string[]
  readonly resources: string[]
  readonly apiGroups?: string[]
  readonly resourceNames?: string[]
}
const grant = (name: string, subject: object, rules: readonly Rule[]): string =>
  [
    { kind: 'ClusterRole', metadata: { name }, rules: rules.map((rule) => ({ apiGroups: [''], ...rule })) },
    {
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
      subjects: [subject],
    },
  ]
    .map((object) => `${JSON.stringify({ apiVersion: `${RBAC}/v1`, ...object })}\n---\n`)
    .join('')
const user = (name: string) => ({ kind: 'User', name })
const READERS = grant('readers', { kind: 'Group', name: 'readers' }, [
  { verbs: ['get'], resources: ['secrets'] },
])
const ACCOUNT = grant('account', { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' }, [
  { verbs: ['get'], resources: ['secrets'] },
])
const AUTHN = ['authentication.k8s.io']

describe('impersonators of those who may get secrets', () => {
  it.each<[string, string, number, string[]]>([
    [
      'groups and users',
      `${READERS}${grant('i', user('alice'), [{ verbs: ['impersonate'], resources: ['users', 'groups'] }])}`,
      36,
      ['alice'],
    ],
    [
      'groups and one user',
      `${READERS}${grant('i', user('alice'), [
        { verbs: ['impersonate'], resources: ['groups'], resourceNames: ['readers'] },
        { verbs: ['impersonate'], resources: ['users'], resourceNames: ['bob'] },
      ])}`,
      36,
      ['alice'],
    ],
    [
      'groups without any user',
      `${READERS}${grant('i', user('alice'), [{ verbs: ['impersonate'], resources: ['groups'] }])}`,
      36,
      [],
    ],
    [
      'the account by its name',
      `${ACCOUNT}${grant('i', user('alice'), [{ verbs: ['impersonate'], resources: ['serviceaccounts'], resourceNames: ['runner'] }])}`,
      36,
      ['alice'],
    ],
    [
      'both halves of constrained impersonation',
      `${ACCOUNT}${grant('i', user('alice'), [
        { verbs: ['impersonate:serviceaccount'], apiGroups: AUTHN, resources: ['serviceaccounts'] },
        { verbs: ['impersonate-on:serviceaccount:get'], resources: ['secrets'] },
      ])}`,
      36,
      ['alice'],
    ],
    [
      'both halves, before it is on',
      `${ACCOUNT}${grant('i', user('alice'), [
        { verbs: ['impersonate:serviceaccount'], apiGroups: AUTHN, resources: ['serviceaccounts'] },
        { verbs: ['impersonate-on:serviceaccount:get'], resources: ['secrets'] },
      ])}`,
      35,
      [],
    ],
    [
      'constrained impersonation for another verb',
      `${ACCOUNT}${grant('i', user('alice'), [
        { verbs: ['impersonate:serviceaccount'], apiGroups: AUTHN, resources: ['serviceaccounts'] },
        { verbs: ['impersonate-on:serviceaccount:list'], resources: ['secrets'] },
      ])}`,
      36,
      [],
    ],
  ])('%s', async (_name, manifests, minor, expected) => {
    const access = createAuthorizer(await estateFrom({ manifests }))
    const question = resourceQuestion({ verb: 'get', resource: 'secrets', namespace: 'ci' })
    const { holders } = access.whoCan(question)
    const found = impersonators(access.chain, question, holders, access.objects, { minor })
    expect(found.map(({ name }) => name)).toEqual(expected)
  })
})
