import { clusterMinor, defaultRbacOf } from '../../kube/index.js'
import { valueAt } from '../../model/index.js'
import type { ObjectSubject } from '../define-check.js'

/**
 * Whether the API server keeps this binding: a default one, or one that it labels as such (distributions add their
 * own). Some name accounts or roles that are made only when they are needed.
 * Source: kubernetes v1.36.2 pkg/registry/rbac/rest/storage_rbac.go, PostStartHook.
 */
export function isMadeByApiServer({ object, index }: ObjectSubject): boolean {
  const label = valueAt(object.content, ['metadata', 'labels', 'kubernetes.io/bootstrapping'])
  return label === 'rbac-defaults' || defaultRbacOf(object, clusterMinor(index))?.state === 'unchanged'
}
