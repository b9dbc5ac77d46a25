import { resourcesIn, type ApiCatalogue } from './catalogue.js'
import type { PartialResource } from './rest-mapper.js'

/** A resource with its short name written out, and what the user is to be told of it. */
export interface Expanded {
  readonly wanted: PartialResource
  readonly warnings: readonly string[]
}

interface Shortcut {
  readonly short: string
  readonly group: string
  readonly resource: string
}

/**
 * Replaces a short name (`deploy`, `deploy.apps`, `deploy.a`) by the resource's name. Names and singular names are
 * left alone; the first of several wins and the others are told.
 * Source: kubernetes v1.36.2 client-go restmapper/shortcut.go, expandResourceShortcut.
 */
export function expandShortName(wanted: PartialResource, catalogue: ApiCatalogue): Expanded {
  if (isFullName(wanted, catalogue)) return { wanted, warnings: [] }
  const named = shortcuts(catalogue).filter(({ short }) => short === wanted.resource)
  const [first, ...others] = distinct(
    named.filter(({ group }) => wanted.group === '' || group === wanted.group),
  )
  if (first !== undefined) {
    return {
      wanted: { group: first.group, version: '', resource: first.resource },
      warnings: others.map(
        (other) =>
          `short name ${JSON.stringify(wanted.resource)} could also match lower priority resource ${dotted(other)}`,
      ),
    }
  }
  const byPrefix = wanted.group === '' ? undefined : named.find(({ group }) => group.startsWith(wanted.group))
  if (byPrefix === undefined) return { wanted, warnings: [] }
  return { wanted: { ...wanted, group: byPrefix.group, resource: byPrefix.resource }, warnings: [] }
}

/** `deployments.apps`, or `pods` for the core group. */
export function dotted({ group, resource }: { readonly group: string; readonly resource: string }): string {
  return group === '' ? resource : `${resource}.${group}`
}

function isFullName({ group, resource }: PartialResource, catalogue: ApiCatalogue): boolean {
  return catalogue.groups.some(
    (one) =>
      (group === '' || group === one.name) &&
      one.resources.some(({ name, singular }) => name === resource || singular === resource),
  )
}

function shortcuts(catalogue: ApiCatalogue): Shortcut[] {
  return catalogue.groups.flatMap((group) =>
    group.versions.flatMap((version) =>
      resourcesIn(group, version).flatMap((resource) =>
        resource.shortNames.map((short) => ({ short, group: group.name, resource: resource.name })),
      ),
    ),
  )
}

/** Versions of one resource are no ambiguity. */
function distinct(list: readonly Shortcut[]): Shortcut[] {
  return list.filter((one, index) => list.findIndex((other) => dotted(other) === dotted(one)) === index)
}
