import { describe, expect, it } from 'vitest'
import { indexObjects } from '../../kube/index.js'
import { estateFrom } from '../../sources/inline.js'
import { createRbacAuthorizer } from '../rbac/index.js'
import { escalationMay } from './escalation-text.js'
import { findEscalations } from './find-escalations.js'

const RBAC = 'rbac.authorization.k8s.io'
interface Rule {
  readonly verbs: readonly string[]
  readonly apiGroups?: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly string[]
}

/** Objects in which the user dora holds rules, in the cluster or in one namespace. */
function given(rules: readonly Rule[], namespace: string): string {
  const kind = namespace === '' ? 'ClusterRoleBinding' : 'RoleBinding'
  const role = {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: 'r' },
    rules: rules.map((rule) => ({ apiGroups: [''], ...rule })),
  }
  const binding = {
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { name: 'b', ...(namespace === '' ? {} : { namespace }) },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'r' },
    subjects: [{ kind: 'User', name: 'dora' }],
  }
  return `${JSON.stringify(role)}\n---\n${JSON.stringify(binding)}\n`
}

async function found(
  manifests: string,
  options: Parameters<typeof findEscalations>[2] = {},
): Promise<string[]> {
  const estate = await estateFrom({ manifests })
  const rbac = createRbacAuthorizer(estate.objects)
  return findEscalations(rbac, indexObjects(estate), options).map(
    ({ technique, severity, names, admission }) =>
      [
        technique.id.replace('escalation-', ''),
        severity,
        ...names,
        ...((admission ?? '') ? [admission] : []),
      ].join(' '),
  )
}

describe('findEscalations', () => {
  it.each<[string, Rule[], string, string[]]>([
    [
      'tokens of all accounts',
      [{ verbs: ['create'], resources: ['serviceaccounts/token'] }],
      '',
      ['token high'],
    ],
    [
      'the token of one account is less',
      [{ verbs: ['create'], resources: ['serviceaccounts/token'], resourceNames: ['web'] }],
      '',
      ['token medium web'],
    ],
    [
      'all of them count before one',
      [
        { verbs: ['create'], resources: ['serviceaccounts/token'], resourceNames: ['web'] },
        { verbs: ['create'], resources: ['serviceaccounts/token'] },
      ],
      '',
      ['token high'],
    ],
    ['groups alone impersonate nobody', [{ verbs: ['impersonate'], resources: ['groups'] }], '', []],
    [
      'system:masters and one user',
      [
        { verbs: ['impersonate'], resources: ['groups'], resourceNames: ['system:masters'] },
        { verbs: ['impersonate'], resources: ['users'], resourceNames: ['x'] },
      ],
      '',
      ['impersonate high x'],
    ],
    [
      'one user',
      [{ verbs: ['impersonate'], resources: ['users'], resourceNames: ['x'] }],
      '',
      ['impersonate medium x'],
    ],
    [
      'constrained impersonation of users, for one verb on one resource',
      [
        { verbs: ['impersonate:user-info'], apiGroups: ['authentication.k8s.io'], resources: ['users'] },
        { verbs: ['impersonate-on:user-info:list'], resources: ['pods'] },
      ],
      '',
      ['impersonate-constrained high'],
    ],
    [
      'half of constrained impersonation',
      [{ verbs: ['impersonate:user-info'], apiGroups: ['authentication.k8s.io'], resources: ['users'] }],
      '',
      [],
    ],
    [
      'constrained impersonation of nodes',
      [
        { verbs: ['impersonate:arbitrary-node'], apiGroups: ['authentication.k8s.io'], resources: ['nodes'] },
        { verbs: ['impersonate-on:arbitrary-node:get'], resources: ['secrets'] },
      ],
      '',
      ['impersonate-constrained high'],
    ],
    [
      'users have no namespace: a RoleBinding impersonates none of them',
      [
        { verbs: ['impersonate:user-info'], apiGroups: ['authentication.k8s.io'], resources: ['users'] },
        { verbs: ['impersonate-on:user-info:list'], resources: ['pods'] },
      ],
      'ci',
      [],
    ],
    [
      'ClusterRoles have no namespace: a RoleBinding widens none of them',
      [{ verbs: ['escalate', 'update'], apiGroups: [RBAC], resources: ['clusterroles'] }],
      'ci',
      [],
    ],
    [
      'escalate on one role and update of another reach none together',
      [
        { verbs: ['escalate'], apiGroups: [RBAC], resources: ['roles'], resourceNames: ['a'] },
        { verbs: ['update'], apiGroups: [RBAC], resources: ['roles'], resourceNames: ['b'] },
      ],
      'ci',
      [],
    ],
    [
      'of several roles those count that both rights reach, in whichever rules they stand',
      [
        { verbs: ['escalate'], apiGroups: [RBAC], resources: ['roles'], resourceNames: ['a', 'b', 'c'] },
        { verbs: ['update'], apiGroups: [RBAC], resources: ['roles'], resourceNames: ['d'] },
        { verbs: ['patch'], apiGroups: [RBAC], resources: ['roles'], resourceNames: ['c', 'b'] },
      ],
      'ci',
      ['escalate high b c'],
    ],
    [
      'a right to every role reaches those that are named too',
      [
        { verbs: ['escalate'], apiGroups: [RBAC], resources: ['roles'] },
        { verbs: ['update'], apiGroups: [RBAC], resources: ['roles'], resourceNames: ['b'] },
      ],
      'ci',
      ['escalate high b'],
    ],
    [
      'a Secret that may be made under one name and read under another holds no token',
      [
        { verbs: ['create', 'patch'], resources: ['secrets'], resourceNames: ['a'] },
        { verbs: ['get'], resources: ['secrets'], resourceNames: ['b'] },
      ],
      'ci',
      [],
    ],
    [
      'in the cluster it does',
      [{ verbs: ['escalate', 'update'], apiGroups: [RBAC], resources: ['clusterroles'] }],
      '',
      ['escalate high', 'aggregation medium'],
    ],
    [
      'a named Deployment that may be changed runs as any account',
      [{ verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'] }],
      'ci',
      ['run-as-account low web', 'privileged-pod low web not known'],
    ],
    [
      'a right that is limited to names creates nothing',
      [{ verbs: ['create'], apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'] }],
      'ci',
      [],
    ],
  ])('%s', async (_name, rules, namespace, expected) => {
    expect(await found(given(rules, namespace))).toEqual(expected)
  })

  it('constrained impersonation is a technique from 1.36 on', async () => {
    const manifests = given(
      [
        { verbs: ['impersonate:user-info'], apiGroups: ['authentication.k8s.io'], resources: ['users'] },
        { verbs: ['impersonate-on:user-info:list'], resources: ['pods'] },
      ],
      '',
    )
    expect(await found(manifests, { minor: 35 })).toEqual([])
  })

  it('Pod Security labels stop privileged pods, and it is told when asked for', async () => {
    const namespace = (level: string): string =>
      `---\n${JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ci', labels: { 'pod-security.kubernetes.io/enforce': level } } })}\n`
    const pods = given([{ verbs: ['create'], resources: ['pods'] }], 'ci')
    const held = (level: string, stopped: boolean): Promise<string[]> =>
      found(`${pods}${namespace(level)}`, { stopped })
    expect(await held('privileged', false)).toContain('privileged-pod medium lets it happen')
    expect(await held('baseline', false)).toEqual(['run-as-account low'])
    expect(await held('restricted', true)).toContain('privileged-pod medium stops it')
  })

  it('says which objects it reaches', async () => {
    const estate = await estateFrom({
      manifests: given(
        [{ verbs: ['create'], resources: ['pods/exec'], resourceNames: ['a', 'b', 'c', 'd', 'e', 'f'] }],
        'ci',
      ),
    })
    const [one] = findEscalations(createRbacAuthorizer(estate.objects), indexObjects(estate))
    expect(one === undefined ? '' : escalationMay(one)).toBe(
      'run commands in any pod, as its service account (only named a, b, c, d, e and 1 more)',
    )
  })
})
