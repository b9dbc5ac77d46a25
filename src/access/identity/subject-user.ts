import type { User } from '../attributes.js'

const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/
const AUTHENTICATED = 'system:authenticated'
const UNAUTHENTICATED = 'system:unauthenticated'

/** The service account that a user name stands for. */
export function serviceAccountOfUser(
  name: string,
): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, account] = ACCOUNT.exec(name) ?? []
  return namespace === undefined || account === undefined ? undefined : { namespace, name: account }
}

/**
 * A user with the groups that the API server gives: a service account those of service accounts, a node that of nodes,
 * unless groups are named; everybody but system:anonymous is authenticated.
 * Source: kubernetes v1.36.2 apiserver pkg/endpoints/filters/impersonation, and for nodes the group of their
 * certificates (cmd/kubeadm constants, NodesGroup), which an impersonated node does not get by itself.
 */
export function subjectUser(
  name: string,
  groups: readonly string[] = [],
  rest: { readonly uid?: string; readonly extra?: ReadonlyMap<string, readonly string[]> } = {},
): User {
  const given = groups.length > 0 ? groups : ownGroups(name)
  const listed = given.includes(AUTHENTICATED) || given.includes(UNAUTHENTICATED)
  const last = name === 'system:anonymous' ? UNAUTHENTICATED : AUTHENTICATED
  return {
    name,
    uid: rest.uid ?? '',
    groups: listed ? [...given] : [...given, last],
    extra: rest.extra ?? new Map(),
  }
}

function ownGroups(name: string): string[] {
  const account = serviceAccountOfUser(name)
  if (account !== undefined) return ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`]
  return /^system:node:./.test(name) ? ['system:nodes'] : []
}

/**
 * The groups in the certificates of the administrators that kubeadm makes since 1.29: admin.conf and super-admin.conf.
 * Source: kubernetes v1.29 cmd/kubeadm/app/phases/kubeconfig/kubeconfig.go, getKubeConfigSpecsBase.
 */
export function kubeadmAdminGroups(name: string): readonly string[] {
  if (name === 'kubernetes-admin') return ['kubeadm:cluster-admins']
  return name === 'kubernetes-super-admin' ? ['system:masters'] : []
}
