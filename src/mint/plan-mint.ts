import { asString, field, RampartError, type JsonObject } from '../model/index.js'
import { mintMetadata } from './mint-labels.js'
import { slug, type Grant, type MintRequest } from './mint-request.js'

const RBAC = 'rbac.authorization.k8s.io'

/** An object to make, and the collection that it goes to. */
export interface PlannedObject {
  readonly path: string
  readonly object: JsonObject
}

/**
 * Exactly the roles and bindings that were asked for: one Role for each namespace, a ClusterRole for what concerns the
 * whole cluster, and of roles that are there already a binding alone.
 */
export function planMint(request: MintRequest, accountExists: boolean): PlannedObject[] {
  if (request.can.length + request.roles.length === 0)
    throw new RampartError(
      'usage',
      "say what it may do: --can 'get,list pods -n shop', or --role NAMESPACE/NAME",
    )
  const { subject } = request
  const namespaces = [...new Set(request.can.map(({ namespace }) => namespace))].sort()
  return [
    ...(subject.kind === 'account' && !accountExists ? [account(request, subject)] : []),
    ...namespaces.flatMap((namespace) => roleAndBinding(request, namespace)),
    ...request.roles.map((role, index) =>
      binding(request, `${nameOf(request)}-role-${index + 1}`, role.namespace, 'Role', role.name),
    ),
  ]
}

/** e.g. `rampart-anna-3f9a1c`. */
export function nameOf(request: MintRequest): string {
  return `rampart-${slug(request.subject.name)}-${request.id}`
}

function account(
  request: MintRequest,
  { namespace, name }: { namespace: string; name: string },
): PlannedObject {
  const metadata = mintMetadata(request, name, namespace)
  return {
    path: `/api/v1/namespaces/${namespace}/serviceaccounts`,
    object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  }
}

function roleAndBinding(request: MintRequest, namespace: string): PlannedObject[] {
  const name = nameOf(request)
  const kind = namespace === '' ? 'ClusterRole' : 'Role'
  const rules = request.can.filter((grant) => grant.namespace === namespace).flatMap(rulesOf)
  const metadata = mintMetadata(request, name, namespace)
  const role = { apiVersion: `${RBAC}/v1`, kind, metadata, rules }
  return [{ path: collection(namespace, kind), object: role }, binding(request, name, namespace, kind, name)]
}

function binding(
  request: MintRequest,
  name: string,
  namespace: string,
  roleKind: string,
  role: string,
): PlannedObject {
  const kind = namespace === '' ? 'ClusterRoleBinding' : 'RoleBinding'
  const { subject } = request
  const bound =
    subject.kind === 'person'
      ? { apiGroup: RBAC, kind: 'User', name: subject.name }
      : { kind: 'ServiceAccount', namespace: subject.namespace, name: subject.name }
  return {
    path: collection(namespace, kind),
    object: {
      apiVersion: `${RBAC}/v1`,
      kind,
      metadata: mintMetadata(request, name, namespace),
      roleRef: { apiGroup: RBAC, kind: roleKind, name: role },
      subjects: [bound],
    },
  }
}

function collection(namespace: string, kind: string): string {
  const place = namespace === '' ? '' : `/namespaces/${namespace}`
  return `/apis/${RBAC}/v1${place}/${kind.toLowerCase()}s`
}

/** One rule for each API group: resources of different groups in one rule would mean more than was said. */
function rulesOf({ verbs, resources, names, urls }: Grant): JsonObject[] {
  if (urls.length > 0) return [{ nonResourceURLs: [...urls], verbs: [...verbs] }]
  return [...new Set(resources.map(({ group }) => group))].map((group) => ({
    apiGroups: [group],
    resources: resources.filter((each) => each.group === group).map(({ resource }) => resource),
    ...(names.length === 0 ? {} : { resourceNames: [...names] }),
    verbs: [...verbs],
  }))
}

/** The path of one planned object itself. */
export function objectPath({ path, object }: PlannedObject): string {
  return `${path}/${asString(field(object.metadata, 'name')) ?? ''}`
}
