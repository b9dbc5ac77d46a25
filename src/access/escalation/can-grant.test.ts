import { describe, expect, it } from 'vitest'
import { estateFrom } from '../../sources/inline.js'
import { createAuthorizer } from '../create-authorizer.js'
import { subjectUser } from '../identity/index.js'
import { canBindRole, canWriteRole, type GrantCheck } from './can-grant.js'

const RBAC = 'rbac.authorization.k8s.io'

/** The role `wanted`, and what the user dora holds in namespace shop; each further name is a role that is not there. */
async function checks(held: object[], ...absent: string[]): Promise<{ bind: GrantCheck; write: GrantCheck }> {
  const role = (name: string, rules: object[]) => ({
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules,
  })
  const bound = (name: string) => ({
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace: 'shop' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
    subjects: [{ kind: 'User', name: 'dora' }],
  })
  const wanted = [
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'], resourceNames: ['web'] },
  ]
  const objects = [role('wanted', wanted), role('held', held), ...['held', ...absent].map(bound)]
  const estate = await estateFrom({ manifests: objects.map((each) => JSON.stringify(each)).join('\n---\n') })
  const { chain, rbac } = createAuthorizer(estate, ['RBAC'])
  const found = rbac?.policy.roles.find(({ object }) => object.ref.name === 'wanted')
  if (rbac === undefined || found === undefined) throw new Error('nothing was read')
  const user = subjectUser('dora')
  const rules = found.rules.map(({ rule }) => rule)
  const written = {
    kind: 'Role',
    name: 'wanted',
    namespace: 'shop',
    rules,
    aggregated: false,
    exists: false,
  } as const
  return {
    bind: canBindRole(chain, rbac, user, found, 'shop'),
    write: canWriteRole(chain, rbac, user, written),
  }
}

const REFUSAL = `user "dora" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:
{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}
{APIGroups:["apps"], Resources:["deployments"], ResourceNames:["web"], Verbs:["get"]}`
const gone = (name: string): string => `clusterrole.${RBAC} "${name}" not found`

describe('the escalation check', () => {
  // Source: kubernetes v1.36.2 pkg/registry/rbac/validation/rule.go, ConfirmNoEscalation: the errors are one aggregate in a
  // list, and an aggregate of several has brackets of its own.
  it.each<[string, string[], string]>([
    ['no role that is missing', [], ''],
    ['one', ['gone'], `; resolution errors: [${gone('gone')}]`],
    ['two', ['gone', 'lost'], `; resolution errors: [[${gone('gone')}, ${gone('lost')}]]`],
  ])('refuses in the words of the API server, beside %s', async (_title, absent, errors) => {
    const { bind, write } = await checks([], ...absent)
    expect(bind).toMatchObject({ allowed: false, refusal: `${REFUSAL}${errors}` })
    expect(write).toMatchObject({ allowed: false, refusal: `${REFUSAL}${errors}` })
    expect(bind.missing).toHaveLength(3)
  })

  it('needs no role that is missing where every right is held', async () => {
    const held = [{ apiGroups: ['*'], resources: ['pods', 'deployments'], verbs: ['*'] }]
    const { bind, write } = await checks(held, 'gone')
    expect(bind).toMatchObject({ allowed: true, because: 'every right in it is held already', missing: [] })
    expect(write.allowed).toBe(true)
    expect(bind).not.toHaveProperty('refusal')
  })

  it.each<[string, object, boolean, boolean]>([
    ['bind on the role', { verbs: ['bind'], resourceNames: ['wanted'] }, true, false],
    ['bind on another', { verbs: ['bind'], resourceNames: ['other'] }, false, false],
    // A role that is created has no name yet.
    ['escalate on roles of a name', { verbs: ['escalate'], resourceNames: ['wanted'] }, false, false],
    ['escalate on all roles', { verbs: ['escalate'] }, false, true],
  ])('heeds %s', async (_title, rule, bound, written) => {
    const { bind, write } = await checks([
      { apiGroups: [RBAC], resources: ['roles', 'clusterroles'], ...rule },
    ])
    expect([bind.allowed, write.allowed]).toEqual([bound, written])
  })
})
