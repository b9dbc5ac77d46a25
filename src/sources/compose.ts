import {
  identityOf,
  type Estate,
  type Host,
  type KubeObject,
  type Problem,
  type SourceSummary,
  type TextSlice,
} from '../model/index.js'

export interface EstateParts {
  readonly objects: readonly KubeObject[]
  readonly hosts: readonly Host[]
  readonly problems: readonly Problem[]
  readonly sources: readonly SourceSummary[]
  /** The text of a file, for slices of sources that keep whole texts. */
  readonly readFile?: (file: string, host: string | undefined) => string | undefined
  /** Reads a slice itself, for sources that do not keep texts. */
  readonly readSlice?: (slice: TextSlice) => string | undefined
}

/** Puts what sources gave into one estate, in an order that does not depend on the order of the inputs. */
export function composeEstate(parts: EstateParts): Estate {
  const hostOfSlice = new Map(parts.objects.map((object) => [object.slice, object.host]))
  return {
    objects: sortedBy(parts.objects, (object) => [
      identityOf(object.ref),
      object.slice.file,
      String(object.slice.offset).padStart(16, '0'),
      (object.slice.path ?? []).join('/'),
    ]),
    hosts: sortedBy(parts.hosts, (host) => [host.name]),
    problems: sortedBy(parts.problems, (problem) => [
      problem.place.host ?? '',
      problem.place.file,
      String(problem.place.line ?? 0).padStart(9, '0'),
      problem.message,
    ]),
    sources: sortedBy(parts.sources, (source) => [source.kind, source.name]),
    texts: {
      read(slice) {
        const given = parts.readSlice?.(slice)
        if (given !== undefined) return given
        const text = parts.readFile?.(slice.file, hostOfSlice.get(slice))
        if (text === undefined) return undefined
        return Buffer.from(text)
          .subarray(slice.offset, slice.offset + slice.length)
          .toString('utf8')
      },
    },
  }
}

function sortedBy<T>(items: readonly T[], key: (item: T) => readonly string[]): T[] {
  return items
    .map((item) => ({ item, key: key(item).join('\0') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item)
}
