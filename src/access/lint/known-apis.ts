import {
  virtualResources,
  VIRTUAL_RESOURCES,
  type ApiCatalogue,
  type ApiResource,
  type ApiSubresource,
} from '../../kube/index.js'

/** What a cluster is known to serve, for asking by name. Names of prototypes are names like others here. */
export interface KnownApis {
  readonly groups: ReadonlySet<string>
  /** Groups whose resources another server tells: nothing is known of them. */
  readonly foreign: ReadonlySet<string>
  /** Whether a group that is not known does not exist. */
  readonly complete: boolean
  /** All forms of a resource in a group; empty where it has none of that name. */
  resource(group: string, name: string): readonly ApiResource[]
  /** The groups that have a resource of that name. */
  groupsOf(name: string): readonly string[]
  /** Plural names in a group. */
  namesIn(group: string): readonly string[]
  /** The plural that somebody means by a singular, short name or kind. */
  meant(word: string): readonly ApiResource[]
}

/** Groups that commonly installed servers tell behind the API server. */
const AGGREGATED = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io']

/** Indexes a catalogue; `apiServices` are the groups of APIService objects, `complete` says that all were read. */
export function knownApis(
  catalogue: ApiCatalogue,
  apiServices: readonly string[],
  complete: boolean,
): KnownApis {
  const byKey = new Map<string, ApiResource[]>()
  const groupsByName = new Map<string, Set<string>>()
  const byWord = new Map<string, ApiResource[]>()
  const names = new Map<string, string[]>()
  const groups = new Set(catalogue.groups.map((group) => group.name))
  for (const group of catalogue.groups) {
    names.set(group.name, [...new Set(group.resources.map(({ name }) => name))])
    for (const resource of group.resources) {
      push(byKey, `${group.name}/${resource.name}`, resource)
      const { name, singular, kind, shortNames } = resource
      groupsByName.set(name, (groupsByName.get(name) ?? new Set()).add(group.name))
      for (const word of new Set([singular, kind.toLowerCase(), ...shortNames])) push(byWord, word, resource)
    }
  }
  return {
    groups,
    foreign: new Set([...AGGREGATED, ...apiServices].filter((group) => !groups.has(group))),
    complete,
    resource: (group, name) => byKey.get(`${group}/${name}`) ?? [],
    groupsOf: (name) => [...(groupsByName.get(name) ?? [])],
    namesIn: (group) => [...(names.get(group) ?? []), ...virtualNames(group)],
    meant: (word) => byWord.get(word.toLowerCase()) ?? [],
  }
}

function push(map: Map<string, ApiResource[]>, key: string, resource: ApiResource): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [resource])
  else list.push(resource)
}

function virtualNames(group: string): string[] {
  return VIRTUAL_RESOURCES.filter((one) => one.group === group && !one.resource.includes('/')).map(
    ({ resource }) => resource,
  )
}

/** The verbs of a resource or subresource of a group; undefined where there is none of that name. */
export function verbsOf(apis: KnownApis, group: string, entry: string): ReadonlySet<string> | undefined {
  const virtual = virtualResources(group, entry)
  const [name = '', ...rest] = entry.split('/')
  const resources = apis.resource(group, name)
  const told: readonly (ApiResource | ApiSubresource)[] =
    rest.length === 0
      ? resources
      : resources.flatMap((one) => one.subresources.filter((sub) => sub.name === rest.join('/')))
  if (virtual.length === 0 && told.length === 0) return undefined
  return new Set([...virtual, ...told].flatMap((one) => one.verbs))
}
