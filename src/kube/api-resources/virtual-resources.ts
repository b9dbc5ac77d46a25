/** A resource, subresource or verb that authorizers are asked about and discovery does not tell. */
export interface VirtualResource {
  readonly group: string
  /** `nodes/stats`; `*` for every resource, `x/*` for every subresource of x. */
  readonly resource: string
  readonly verbs: readonly string[]
  /** Where the question is asked. */
  readonly source: string
}

const AUTHENTICATION = 'authentication.k8s.io'
const CERTIFICATES = 'certificates.k8s.io'
const RBAC = 'rbac.authorization.k8s.io'
const DRA = 'resource.k8s.io'

const IMPERSONATION = 'apiserver pkg/endpoints/filters/impersonation'
const KUBELET = 'kubernetes pkg/kubelet/server/auth.go'
const CLAIMS = 'kubernetes pkg/registry/resource/utils.go'
const HTTP_VERBS = ['get', 'create', 'update', 'patch', 'delete']

/** Verbs of constrained impersonation that name who may be impersonated. Source: mode.go of the impersonation filter. */
const USER_INFO = 'impersonate:user-info'
const ACCOUNT = 'impersonate:serviceaccount'
const NODE_MODES = ['impersonate:associated-node', 'impersonate:arbitrary-node']

function entries(
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
  source: string,
): VirtualResource[] {
  return resources.map((resource) => ({ group, resource, verbs, source }))
}

/** Everything that is asked of authorizers and is in no discovery. Source: kubernetes v1.36.2, the files named. */
export const VIRTUAL_RESOURCES: readonly VirtualResource[] = [
  ...entries('', ['users', 'groups', 'serviceaccounts'], ['impersonate'], IMPERSONATION),
  ...entries(
    AUTHENTICATION,
    ['uids', 'userextras', 'userextras/*'],
    ['impersonate', USER_INFO],
    IMPERSONATION,
  ),
  ...entries(AUTHENTICATION, ['users', 'groups'], [USER_INFO], IMPERSONATION),
  ...entries(AUTHENTICATION, ['serviceaccounts'], [ACCOUNT], IMPERSONATION),
  ...entries(AUTHENTICATION, ['nodes'], NODE_MODES, IMPERSONATION),
  ...entries(
    AUTHENTICATION,
    ['admissionReviewAPIGroups'],
    ['attest'],
    'kubernetes (1.37) pkg/registry/core/serviceaccount/storage/token.go',
  ),
  ...entries('', ['nodes/stats', 'nodes/metrics', 'nodes/log', 'nodes/checkpoint'], HTTP_VERBS, KUBELET),
  ...entries('', ['nodes/pods', 'nodes/healthz', 'nodes/configz', 'nodes/statusz'], HTTP_VERBS, KUBELET),
  // The kubelet asked for it before 1.10; manifests and the default role system:kubelet-api-admin still name it.
  ...entries('', ['nodes/spec'], HTTP_VERBS, 'kubernetes bootstrappolicy/policy.go'),
  ...entries(
    RBAC,
    ['roles', 'clusterroles'],
    ['bind', 'escalate'],
    'kubernetes pkg/registry/rbac/escalation_check.go',
  ),
  ...entries(CERTIFICATES, ['signers'], ['approve', 'sign', 'attest'], 'kubernetes pkg/certauthorization'),
  ...entries(
    CERTIFICATES,
    ['certificatesigningrequests/nodeclient', 'certificatesigningrequests/selfnodeclient'],
    ['create'],
    'kubernetes pkg/controller/certificates/approver/sarapprove.go',
  ),
  ...entries(
    CERTIFICATES,
    ['certificatesigningrequests/selfnodeserver'],
    ['create'],
    'kubernetes bootstrappolicy/policy.go',
  ),
  ...entries(DRA, ['resourceclaims/binding'], ['update', 'patch'], CLAIMS),
  ...entries(
    DRA,
    ['resourceclaims/driver'],
    ['associated-node:update', 'associated-node:patch', 'arbitrary-node:update', 'arbitrary-node:patch'],
    CLAIMS,
  ),
]

const VERB_PREFIXES = ['impersonate-on:']
/** Verbs that are asked about resources of any name. */
const VERBS_OF_ANYTHING: ReadonlyMap<string, string> = new Map([
  ['unsafe-delete-ignore-read-errors', 'apiserver pkg/endpoints/handlers/delete.go'],
  ['request-serviceaccounts-token-audience', 'kubernetes plugin/pkg/admission/noderestriction'],
])
/** Subresources of any resource: OwnerReferencesPermissionEnforcement asks for update on them. */
const SUBRESOURCES_OF_ANYTHING: ReadonlySet<string> = new Set(['finalizers'])

/** Verbs that only mean something for some virtual resources. */
export const VIRTUAL_VERBS: ReadonlySet<string> = new Set([
  ...VIRTUAL_RESOURCES.flatMap((one) => one.verbs).filter((verb) => !HTTP_VERBS.includes(verb)),
  ...VERBS_OF_ANYTHING.keys(),
])

/** Whether authorizers may be asked for a verb on whatever resource. */
export function isVerbOfAnything(verb: string): boolean {
  return VERBS_OF_ANYTHING.has(verb) || VERB_PREFIXES.some((prefix) => verb.startsWith(prefix))
}

/** Whether every resource has a subresource although discovery tells none. */
export function isSubresourceOfAnything(name: string): boolean {
  return SUBRESOURCES_OF_ANYTHING.has(name)
}

/** What is asked about `resource` (`nodes/stats`) of a group besides what discovery tells. */
export function virtualResources(group: string, resource: string): readonly VirtualResource[] {
  return VIRTUAL_RESOURCES.filter(
    (one) =>
      one.group === group &&
      (one.resource === resource ||
        (one.resource.endsWith('/*') && resource.startsWith(one.resource.slice(0, -1)))),
  )
}
