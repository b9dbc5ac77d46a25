import { nearestWords } from '../../text/index.js'
import type { ApiCatalogue, ApiResource } from './catalogue.js'
import { restMapper, type MappedResource, type PartialResource } from './rest-mapper.js'
import { dotted, expandShortName } from './short-names.js'

/** What TYPE means to a server with some catalogue. */
export interface ResolvedResource {
  readonly group: string
  readonly version: string
  readonly resource: string
  /** Whether the server has it; otherwise `resource` is the text as it was typed and the group is empty. */
  readonly known: boolean
  /** The resource itself; absent when it is not known and for names that only clients know (`*`, `podlists`). */
  readonly definition?: ApiResource
  /** What kubectl warns of, in order, with the line ends that it puts into its texts. */
  readonly warnings: readonly string[]
  /** For what is not known: names that may be meant, nearest first (`deployments.apps`). */
  readonly candidates: readonly string[]
}

/** What kubectl does not warn of although discovery does not tell it. Source: cani.go, nonStandardResourceNames. */
const NON_STANDARD: ReadonlySet<string> = new Set(['users', 'groups'])

/**
 * The resource that somebody means by TYPE, TYPE.GROUP or TYPE.VERSION.GROUP: plural, singular or short name in any
 * case, a group by its beginning. Never fails: what is not known stays as it is.
 * Source: kubernetes v1.36.2 kubectl pkg/cmd/auth/cani.go, resourceFor; apimachinery
 * pkg/runtime/schema/group_version.go, ParseResourceArg.
 */
export function resolveResource(text: string, catalogue: ApiCatalogue): ResolvedResource {
  if (text === '*') {
    return { group: '', version: '', resource: '*', known: true, warnings: [], candidates: [] }
  }
  const lower = text.toLowerCase()
  const warnings: string[] = []
  const [resource = '', version = '', ...rest] = lower.split('.')
  const full = rest.length === 0 ? undefined : { group: rest.join('.'), version, resource }
  const short = { group: lower.slice(resource.length + 1), version: '', resource }
  const found = (full && find(full, catalogue, warnings)) ?? find(short, catalogue, warnings)
  if (found !== undefined) return { ...placed(found), known: true, warnings, candidates: [] }
  if (!NON_STANDARD.has(dotted(short))) warnings.push(unknownType(short))
  const candidates = namesLike(short, catalogue)
  return { group: '', version: '', resource: text, known: false, warnings, candidates }
}

function find(
  wanted: PartialResource,
  catalogue: ApiCatalogue,
  warnings: string[],
): MappedResource | undefined {
  const expanded = expandShortName(wanted, catalogue)
  warnings.push(...expanded.warnings)
  return expanded.wanted.resource === '' ? undefined : restMapper(catalogue).resourceFor(expanded.wanted)
}

function placed({ group, version, resource, known }: MappedResource) {
  return { group, version, resource, ...(known === undefined ? {} : { definition: known }) }
}

function unknownType({ group, resource }: PartialResource): string {
  const inGroup = group === '' ? '' : ` in group '${group}'`
  return `the server doesn't have a resource type '${resource}'${inGroup}\n`
}

/** Resources of that name in other groups, then those of a name like it. */
function namesLike({ group, resource }: PartialResource, catalogue: ApiCatalogue): readonly string[] {
  const all = catalogue.groups.flatMap((one) => one.resources)
  const matching = (word: string): ApiResource[] =>
    all.filter(
      ({ name, singular, shortNames }) => name === word || singular === word || shortNames.includes(word),
    )
  const words = all.flatMap(({ name, singular }) => [name, singular])
  const named = [resource, ...nearestWords(resource, words)].flatMap(matching)
  const near = named.map((one) => dotted({ group: one.group, resource: one.name }))
  const inNearGroup = new Set(
    nearestWords(
      group,
      catalogue.groups.map((one) => one.name),
    ),
  )
  const ranked = [...near.filter((_, index) => inNearGroup.has(named[index]?.group ?? '')), ...near]
  return [...new Set(ranked)].slice(0, 3)
}
