import { asList, asString, field, inWords } from '../../model/index.js'
import type { PodView, ViolationPlace } from './control.js'

/** `"a", "b"`. Source: policy/helpers.go, joinQuote. */
export function quote(items: readonly string[]): string {
  return items.map((item) => `"${item}"`).join(', ')
}

/** A word in singular or plural. Source: policy/helpers.go, pluralize. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return count === 1 ? singular : many
}

/** The values at places, each once, sorted. */
export function distinct(places: readonly ViolationPlace[]): string[] {
  return [...new Set(places.map((place) => inWords(place.value)))].sort()
}

/** The same in quotes. */
export function values(places: readonly ViolationPlace[]): string {
  return quote(distinct(places))
}

/** Names of the containers that places stand in, in their order, each container once. */
export function containersIn(places: readonly ViolationPlace[]): string[] {
  const names = new Map<string, string>()
  for (const { container, path } of places) {
    if (container !== undefined && path[0] === 'spec') names.set(path.slice(0, 3).join(' '), container)
  }
  return [...names.values()]
}

/** `containers "a", "b"`. */
export function containerNames(places: readonly ViolationPlace[]): string {
  const names = containersIn(places)
  return `${plural(names.length, 'container')} ${quote(names)}`
}

/** Who sets something: `pod and container "a" and annotation`. */
export function setters(places: readonly ViolationPlace[]): string {
  const annotations = places.filter((place) => place.path[0] === 'metadata').length
  return [
    ...(places.some((place) => place.path[1] === 'securityContext') ? ['pod'] : []),
    ...(containersIn(places).length > 0 ? [containerNames(places)] : []),
    ...(annotations > 0 ? [plural(annotations, 'annotation')] : []),
  ].join(' and ')
}

/** `key="value"` of the annotations among places, sorted. */
export function annotationsIn(places: readonly ViolationPlace[]): string[] {
  return places
    .filter((place) => place.path[0] === 'metadata')
    .map((place) => `${String(place.path.at(-1))}=${JSON.stringify(place.value)}`)
    .sort()
}

/** `volumes "a", "b"`. */
export function volumeNames(places: readonly ViolationPlace[], pod: PodView): string {
  const names = places.map(({ path }) => {
    const volume = asList(pod.spec.volumes)[Number(path[2])]
    return asString(field(volume, 'name')) ?? ''
  })
  return `${plural(names.length, 'volume')} ${quote(names)}`
}
