import type { AnyCheck } from '../checks/index.js'
import { makesPods } from '../kube/index.js'
import { matchesGlob } from '../text/index.js'
import { unknown, type Estate, type Unknown } from '../model/index.js'

/**
 * What a check would have asked of lists that the server did not give: its question about them is unknown, never passed.
 * One answer for each list, whatever the number of objects that may be in it.
 */
export function unreadFor(check: AnyCheck, estate: Estate): Unknown[] {
  const concerns = concernOf(check)
  return estate.sources
    .flatMap(({ unread }) => unread ?? [])
    .filter(({ kind }) => concerns(kind))
    .map(({ detail }) => unknown('not-given', detail))
}

function concernOf(check: AnyCheck): (kind: string) => boolean {
  switch (check.appliesTo) {
    case 'object': {
      if (check.own !== undefined) return (kind) => isLike(check.kinds ?? [], kind)
      const kinds = new Set((check.kinds ?? []).map(groupFirst))
      return (kind) => kinds.has(kind)
    }
    case 'workload':
      return (kind) => {
        const slash = kind.indexOf('/')
        return makesPods(kind.slice(0, slash), kind.slice(slash + 1))
      }
    case 'kubelet':
      return (kind) => kind === '/Node'
    case 'kube-proxy':
      return (kind) => kind === '/ConfigMap'
    // Views of the control plane say themselves that pods were not given.
    case 'apiserver':
    case 'controller-manager':
    case 'scheduler':
    case 'etcd':
    case 'dockerd':
    case 'container':
    case 'docker-client':
    case 'containerd':
    case 'crio':
    case 'host':
    case 'estate':
    case 'exception':
      return () => false
  }
}

/** Whether `group/Kind` is like a pattern of kinds that a user wrote: `Pod`, `*.apps`. */
function isLike(patterns: readonly string[], kind: string): boolean {
  const [group = '', name = ''] = kind.split('/')
  return patterns.some((pattern) => matchesGlob(pattern, name) || matchesGlob(pattern, `${name}.${group}`))
}

/** `RoleBinding.rbac.authorization.k8s.io`, as checks name kinds, with the group in front. */
function groupFirst(kind: string): string {
  const dot = kind.indexOf('.')
  return dot < 0 ? `/${kind}` : `${kind.slice(dot + 1)}/${kind.slice(0, dot)}`
}
