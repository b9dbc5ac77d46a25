import { resourcesIn, type ApiCatalogue, type ApiResource } from './catalogue.js'

/** What somebody means: empty parts are not said. */
export interface PartialResource {
  readonly group: string
  readonly version: string
  readonly resource: string
}

/** A resource that the mapper found; `known` is absent for the lists that clients think to exist (`podlists`). */
export interface MappedResource extends PartialResource {
  readonly known?: ApiResource
}

/** Finds the resource that a plural or singular name means. */
export interface RestMapper {
  /** Undefined where nothing matches, or where two of one version do and the version was not said. */
  resourceFor(wanted: PartialResource): MappedResource | undefined
}

interface Entry extends MappedResource {
  /** Lower is preferred: position of the group and version in discovery. */
  readonly rank: number
}

/**
 * The mapper that kubectl makes from discovery: exact group before prefix of a group, then the core group, then the
 * order of groups, of each the preferred version first.
 * Source: kubernetes v1.36.2 client-go restmapper/discovery.go, NewDiscoveryRESTMapper; apimachinery
 * pkg/api/meta/restmapper.go, DefaultRESTMapper.ResourcesFor; priority.go, PriorityRESTMapper.ResourceFor.
 */
export function restMapper(catalogue: ApiCatalogue): RestMapper {
  let mapper = made.get(catalogue)
  if (mapper === undefined) made.set(catalogue, (mapper = buildMapper(catalogue)))
  return mapper
}

const made = new WeakMap<ApiCatalogue, RestMapper>()

function buildMapper(catalogue: ApiCatalogue): RestMapper {
  const byName = new Map<string, Entry[]>()
  let rank = 0
  for (const group of catalogue.groups) {
    for (const version of group.versions) {
      for (const { plural, singular, known } of namesIn(resourcesIn(group, version))) {
        const entry = { group: group.name, version, resource: plural, rank, ...(known && { known }) }
        for (const name of new Set([plural, singular])) {
          const same = byName.get(name)
          if (same === undefined) byName.set(name, [entry])
          else same.push(entry)
        }
      }
      rank += 1
    }
  }
  return { resourceFor: (wanted) => pick(matches(byName.get(wanted.resource.toLowerCase()) ?? [], wanted)) }
}

interface Names {
  readonly plural: string
  readonly singular: string
  readonly known?: ApiResource
}

/** Plural and singular names of one version. Each kind has a guessed list beside it, as in kubectl. */
function namesIn(resources: readonly ApiResource[]): Iterable<Names> {
  const byPlural = new Map<string, Names>()
  for (const known of resources) {
    byPlural.set(known.name, { plural: known.name, singular: known.singular, known })
    const list = `${known.kind.toLowerCase()}list`
    byPlural.set(`${list}s`, { plural: `${list}s`, singular: list })
  }
  byPlural.set('lists', { plural: 'lists', singular: 'list' })
  return byPlural.values()
}

function matches(entries: readonly Entry[], { group, version }: PartialResource): readonly Entry[] {
  if (group !== '' && version !== '') {
    // Of two that a version calls so, upstream takes whichever its map gives first.
    return entries.filter((entry) => entry.group === group && entry.version === version).slice(0, 1)
  }
  // Each version has a mapper of its own, so an exact match in one group does not keep others from matching by prefix.
  if (group !== '') return entries.filter((entry) => entry.group.startsWith(group))
  if (version !== '') return entries.filter((entry) => entry.version === version)
  return entries
}

function pick(found: readonly Entry[]): MappedResource | undefined {
  const best = found[0]?.rank
  // Entries stand in the order of their ranks.
  const first = found.filter((entry) => entry.rank === best)
  return first.length === 1 ? first[0] : undefined
}
