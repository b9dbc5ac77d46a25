import type { Evidence, FilePlace, ObjectRef } from '../model/index.js'

/** The folder that relative paths start from: the repository for code scanning services. */
export const SOURCE_ROOT = '%SRCROOT%'

/** An artifactLocation (SARIF 2.1.0 section 3.4). */
export interface ArtifactLocation {
  readonly uri: string
  readonly uriBaseId?: string
}

/**
 * Where a file is, as a URI with forward slashes:
 * - files of a host: relative to the root of that host, which may have been read anywhere (`HOST_name`)
 * - relative paths inside the working folder: relative to `%SRCROOT%`
 * - paths that climb out of it: relative, without a base, because a base must not be left with `..`
 * - absolute paths: `file:` URIs
 */
export function artifactLocation(file: string, host?: string): ArtifactLocation {
  const path = withSlashes(file)
  if (host !== undefined) return { uri: encoded(path.replace(/^\/+/, '')), uriBaseId: hostBase(host) }
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${path[0]}:${encoded(path.slice(2))}` }
  if (path.startsWith('/')) return { uri: `file:///${encoded(path.replace(/^\/+/, ''))}` }
  if (path === '-') return { uri: 'stdin' }
  const inside = path.replace(/^(?:\.\/+)+/, '')
  if (inside === '..' || inside.startsWith('../') || inside.includes('/../')) return { uri: encoded(inside) }
  return { uri: encoded(inside), uriBaseId: SOURCE_ROOT }
}

/** The name of a host's root in `originalUriBaseIds`. */
export function hostBase(host: string): string {
  return `HOST_${host}`
}

/** A physicalLocation with the line, its text, and the lines around it (section 3.29); none without a file. */
export function physicalLocation(evidence: Evidence): object | undefined {
  if (evidence.file === undefined) return undefined
  return {
    artifactLocation: artifactLocation(evidence.file, evidence.host),
    region: region(evidence),
    contextRegion: contextRegion(evidence),
  }
}

/** The physicalLocation of a problem of reading. */
export function placeLocation(place: FilePlace): object {
  return {
    artifactLocation: artifactLocation(place.file, place.host),
    region: place.line === undefined ? undefined : { startLine: place.line, startColumn: place.column },
  }
}

/** A logicalLocation for an object: `shop/Deployment.apps/checkout` (section 3.33). */
export function objectLocation(object: ObjectRef, path?: string): object {
  const kind = object.group === '' ? object.kind : `${object.kind}.${object.group}`
  const name = [object.namespace, kind, object.name].filter((part) => part !== '').join('/')
  return {
    name: object.name,
    fullyQualifiedName: path === undefined || path === '' ? name : `${name}#${path}`,
    kind: 'resource',
  }
}

function region(evidence: Evidence): object | undefined {
  if (evidence.line === undefined || evidence.line < 1) return undefined
  const { snippet, line, column } = evidence
  const text = snippet?.lines[line - snippet.startLine]
  return {
    startLine: line,
    startColumn: column,
    snippet: text === undefined ? undefined : { text: text.slice((column ?? 1) - 1) || text },
  }
}

/** The lines around: only where they hold more than the region, as the standard asks. */
function contextRegion({ line, snippet }: Evidence): object | undefined {
  if (line === undefined || snippet === undefined || snippet.lines.length < 2 || snippet.startLine < 1)
    return undefined
  const endLine = snippet.startLine + snippet.lines.length - 1
  if (line < snippet.startLine || line > endLine) return undefined
  return { startLine: snippet.startLine, endLine, snippet: { text: snippet.lines.join('\n') } }
}

/** Windows paths; a backslash beside slashes is part of a POSIX name and stays. */
function withSlashes(file: string): string {
  return /^[A-Za-z]:[\\/]/.test(file) || !file.includes('/') ? file.replaceAll('\\', '/') : file
}

/** Path segments in percent encoding; a colon in the first one would read as a scheme. Half pairs become U+FFFD. */
function encoded(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/')
}
