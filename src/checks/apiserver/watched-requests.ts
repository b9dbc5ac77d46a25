import { unnamed, type AuditedRequest, type AuditPolicy } from '../../kube/index.js'

/** Who asks, without what he asks for. */
export interface Actor {
  readonly inWords: string
  readonly user: string
  readonly groups: readonly string[]
}

/** Requests that an audit log has to hold, as what happens is called. */
export interface Watched {
  readonly name: string
  readonly verbs: readonly string[]
  readonly apiGroup: string
  /** `pods/exec` with its sub-resource. */
  readonly resources: readonly string[]
  readonly namespaced: boolean
  /** Controllers read ConfigMaps all the time, and are not asked about. */
  readonly peopleAlone?: boolean
}

const WRITES = ['create', 'update', 'patch', 'delete']

/** What an investigation needs first: who gave whom rights, who read credentials, who ran commands. */
export const WATCHED: readonly Watched[] = [
  {
    name: 'changes of roles and bindings',
    verbs: WRITES,
    apiGroup: 'rbac.authorization.k8s.io',
    resources: ['clusterroles', 'clusterrolebindings'],
    namespaced: false,
  },
  {
    name: 'changes of roles and bindings of namespaces',
    verbs: WRITES,
    apiGroup: 'rbac.authorization.k8s.io',
    resources: ['roles', 'rolebindings'],
    namespaced: true,
  },
  {
    name: 'reads of Secrets',
    verbs: ['get', 'list'],
    apiGroup: '',
    resources: ['secrets'],
    namespaced: true,
  },
  {
    name: 'reads of ConfigMaps',
    verbs: ['get', 'list'],
    apiGroup: '',
    resources: ['configmaps'],
    namespaced: true,
    peopleAlone: true,
  },
  {
    name: 'commands in pods and tunnels to them',
    // Over websockets the verb is get.
    verbs: ['create', 'get'],
    apiGroup: '',
    resources: ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'services/proxy'],
    namespaced: true,
  },
  {
    name: 'requests through the API server to kubelets',
    verbs: ['create', 'get'],
    apiGroup: '',
    resources: ['nodes/proxy'],
    namespaced: false,
  },
  {
    name: 'tokens made for service accounts',
    verbs: ['create'],
    apiGroup: '',
    resources: ['serviceaccounts/token'],
    namespaced: true,
  },
  {
    name: 'approvals of certificates',
    verbs: ['update', 'patch'],
    apiGroup: 'certificates.k8s.io',
    resources: ['certificatesigningrequests/approval'],
    namespaced: false,
  },
  {
    name: 'changes of admission webhooks',
    verbs: WRITES,
    apiGroup: 'admissionregistration.k8s.io',
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    namespaced: false,
  },
]

/** People, administrators and service accounts that no rule names. */
export function actorsFor(policy: AuditPolicy, { peopleAlone }: Watched): Actor[] {
  const user = unnamed(policy, 'any-user')
  const namespace = unnamed(policy, 'any-namespace')
  const people = [
    { inWords: 'users', user, groups: ['system:authenticated'] },
    { inWords: 'members of system:masters', user, groups: ['system:masters', 'system:authenticated'] },
  ]
  if (peopleAlone === true) return people
  const account = {
    inWords: 'service accounts',
    user: `system:serviceaccount:${namespace}:${unnamed(policy, 'any-account')}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  }
  return [...people, account]
}

/** Every request of a kind by one actor: in a namespace of its own, in kube-system, over all of them where it lists. */
export function requestsBy(policy: AuditPolicy, watched: Watched, actor: Actor): AuditedRequest[] {
  const own = unnamed(policy, 'any-namespace')
  return watched.resources.flatMap((text) => {
    const [resource = '', subresource = ''] = text.split('/')
    return watched.verbs.flatMap((verb) => {
      const namespaces = !watched.namespaced
        ? ['']
        : verb === 'list'
          ? [own, 'kube-system', '']
          : [own, 'kube-system']
      const name = verb === 'list' ? '' : unnamed(policy, 'any-object')
      return namespaces.map((namespace) => ({
        user: actor.user,
        groups: actor.groups,
        verb,
        apiGroup: watched.apiGroup,
        resource,
        subresource,
        namespace,
        name,
      }))
    })
  })
}
