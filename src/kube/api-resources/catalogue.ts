import type { KubeObject } from '../../model/index.js'

/** A subresource (`scale` of deployments) and the kind that its requests carry. */
export interface ApiSubresource {
  readonly name: string
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly verbs: readonly string[]
}

/** A resource of a group in those of the group's versions in which it looks the same. */
export interface ApiResource {
  readonly group: string
  /** The plural: what rules and URLs name. */
  readonly name: string
  readonly singular: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  /** In the order in which a server tells them. */
  readonly verbs: readonly string[]
  readonly subresources: readonly ApiSubresource[]
  /** The versions that have it, the preferred one of the group first. */
  readonly versions: readonly string[]
  /** The CustomResourceDefinition that makes it; absent for what is built in. */
  readonly definition?: KubeObject
}

/** A group as discovery tells it; its first version is the preferred one. */
export interface ApiGroup {
  readonly name: string
  readonly versions: readonly string[]
  readonly resources: readonly ApiResource[]
}

/** The resources of an API server, groups in the order in which it tells them (the core group first). */
export interface ApiCatalogue {
  /** The minor version of Kubernetes whose built-in resources these are: 36 for 1.36. */
  readonly minor: number
  readonly groups: readonly ApiGroup[]
}

/** The resources of a group in one version, by name, as discovery lists them. */
export function resourcesIn(group: ApiGroup, version: string): readonly ApiResource[] {
  return group.resources.filter((resource) => resource.versions.includes(version))
}
