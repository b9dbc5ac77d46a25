import type { PreferredResource } from '../kube/index.js'
import { kubectlColumns } from './kubectl-columns.js'

/** Which resources are shown, and in which order. Absent parts do not restrict. */
export interface ResourceFilter {
  readonly apiGroup?: string | undefined
  readonly namespaced?: boolean | undefined
  readonly verbs: readonly string[]
  readonly categories: readonly string[]
  readonly sortBy?: 'name' | 'kind' | undefined
}

/**
 * Filters and sorts as `kubectl api-resources`: by group (or name or kind) and then by name.
 * Source: kubernetes v1.36.2 kubectl pkg/cmd/apiresources/apiresources.go, RunAPIResources and sortableResource.
 */
export function chosenResources(
  all: readonly PreferredResource[],
  filter: ResourceFilter,
): readonly PreferredResource[] {
  const field = filter.sortBy ?? 'group'
  return all
    .filter(({ resource }) => isChosen(resource, filter))
    .sort(
      (a, b) => compare(a.resource[field], b.resource[field]) || compare(a.resource.name, b.resource.name),
    )
}

function isChosen(resource: PreferredResource['resource'], filter: ResourceFilter): boolean {
  return (
    resource.verbs.length > 0 &&
    (filter.apiGroup === undefined || filter.apiGroup === resource.group) &&
    (filter.namespaced === undefined || filter.namespaced === resource.namespaced) &&
    filter.verbs.every((verb) => resource.verbs.includes(verb)) &&
    filter.categories.every((category) => resource.categories.includes(category))
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const HEAD = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND']
const WIDE_HEAD = [...HEAD, 'VERBS', 'CATEGORIES']

export interface TableForm {
  /** With verbs and categories. */
  readonly wide: boolean
  readonly headers: boolean
  /** Writes out what must not reach a terminal. */
  readonly visible: (text: string) => string
}

/** kubectl's table. */
export function resourceTable(list: readonly PreferredResource[], form: TableForm): string {
  const rows = list.map(({ resource, version }) => {
    const apiVersion = resource.group === '' ? version : `${resource.group}/${version}`
    const { name, shortNames, namespaced, kind, verbs, categories } = resource
    const row = [name, shortNames.join(','), apiVersion, String(namespaced), kind]
    const cells = form.wide ? [...row, verbs.join(','), categories.join(',')] : row
    return cells.map(form.visible)
  })
  return kubectlColumns(form.headers ? [form.wide ? WIDE_HEAD : HEAD, ...rows] : rows)
}

/** One `deployments.apps` a line. */
export function resourceNames(list: readonly PreferredResource[], visible: (text: string) => string): string {
  return list
    .map(({ resource: { name, group } }) => `${visible(group === '' ? name : `${name}.${group}`)}\n`)
    .join('')
}

/** The APIResourceList that kubectl prints, without storage hashes, which only a server knows. */
export function resourceList(list: readonly PreferredResource[]): object {
  const resources = list.map(({ resource, version }) => ({
    name: resource.name,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    ...(resource.group === '' ? {} : { group: resource.group }),
    version,
    kind: resource.kind,
    verbs: resource.verbs,
    ...(resource.shortNames.length === 0 ? {} : { shortNames: resource.shortNames }),
    ...(resource.categories.length === 0 ? {} : { categories: resource.categories }),
  }))
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: '',
    resources: resources.length === 0 ? null : resources,
  }
}
