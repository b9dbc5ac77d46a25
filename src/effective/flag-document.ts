import { known, unknown, type Fact, type HostFile, type Origin } from '../model/index.js'
import type { DocumentPlace, DocumentRead } from '../text/index.js'
import type { ComponentView } from './component.js'

/** The configuration behind a flag: what it says, the host's file, and where in it. */
export interface FlagDocument<T> {
  readonly value: T
  readonly file: HostFile
  readonly originAt: (place: DocumentPlace) => Origin
}

/**
 * The document that a flag names, as `read` understands it; undefined where the flag is not given. Unknown while the file
 * was not seen; `unparsable`, with its place, where the component would refuse it.
 */
export function flagDocument<T>(
  view: ComponentView,
  flag: string,
  read: (text: string) => DocumentRead<T>,
): Fact<FlagDocument<T> | undefined> {
  const path = view.string(flag)
  if (!path.known || path.value === '') return path.known ? known(undefined, path.origin) : path
  return documentAt(view, { path: path.value, named: `\`--${flag}\``, origin: path.origin }, read)
}

/** Where a component is told to look, who says so, and where that stands. */
export interface NamedPath {
  readonly path: string
  readonly named: string
  readonly origin: Origin
}

/** The document at a path that a component is given. */
export function documentAt<T>(
  view: ComponentView,
  { path, named, origin }: NamedPath,
  read: (text: string) => DocumentRead<T>,
): Fact<FlagDocument<T>> {
  const file = view.file?.(path)
  if (file?.text === undefined) {
    const why = file?.unreadable === undefined ? 'was not read' : `cannot be read: ${file.unreadable}`
    const reason = file?.unreadable === undefined ? 'no-source' : 'unreadable'
    return unknown(reason, `\`${path}\` of ${named} ${why}`, origin)
  }
  const originAt = (place: DocumentPlace): Origin => ({
    kind: 'file',
    host: view.host,
    file: file.path,
    line: place.line,
    column: place.column,
  })
  const { value, fault } = read(file.text)
  if (fault !== undefined) {
    return unknown(
      'unparsable',
      `${view.config.component} refuses \`${path}\`: ${fault.message}`,
      originAt(fault),
    )
  }
  return known({ value, file, originAt }, originAt({ line: 1, column: 1 }))
}
