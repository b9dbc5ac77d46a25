import { resourcesIn, type ApiCatalogue, type ApiResource } from './catalogue.js'

/** A resource in the version that a client takes. */
export interface PreferredResource {
  readonly resource: ApiResource
  readonly version: string
}

/**
 * Each group's resources once, in the preferred version of the group where that has them and in the first that does
 * otherwise; in the order of groups and versions.
 * Source: kubernetes v1.36.2 client-go discovery/discovery_client.go, ServerPreferredResources.
 */
export function preferredResources(catalogue: ApiCatalogue): readonly PreferredResource[] {
  return catalogue.groups.flatMap((group) => {
    const seen = new Set<string>()
    return group.versions.flatMap((version) =>
      resourcesIn(group, version).flatMap((resource) => {
        if (seen.has(resource.name)) return []
        seen.add(resource.name)
        return [{ resource, version }]
      }),
    )
  })
}
