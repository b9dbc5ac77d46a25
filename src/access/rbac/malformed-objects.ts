import { RBAC_GROUP, readBinding, readRules } from '../../kube/index.js'
import type { JsonPath, KubeObject } from '../../model/index.js'

/** A role or binding that an API server does not take, with the part that is not of its type. */
export interface MalformedObject {
  readonly object: KubeObject
  readonly path: JsonPath
  /** What stands there. */
  readonly detail: string
}

/**
 * Roles and bindings that cannot be decoded or name nothing: a cluster never holds one, so that nothing in them counts.
 * Source: kubernetes v1.36.2 pkg/apis/rbac/v1, decoded strictly by type; pkg/apis/rbac/validation/validation.go.
 */
export function malformedRbac(objects: readonly KubeObject[]): MalformedObject[] {
  return objects.flatMap((object) => {
    const { group, kind } = object.ref
    if (group !== RBAC_GROUP) return []
    const { malformed } = kind.endsWith('Binding') ? readBinding(object) : readRules(object.content)
    const [first] = malformed
    return first === undefined ? [] : [{ object, ...first }]
  })
}
