import { posix } from 'node:path'
import { asStrings, type JsonObject } from '../../model/index.js'

/**
 * The paths and patterns that a file imports, made absolute. Only `*` makes a pattern.
 * Source: containerd v2.1.4 cmd/containerd/server/config/config.go, resolveImports.
 */
export function importsOf(content: JsonObject, file: string): string[] {
  return asStrings(content['imports']).flatMap((path) =>
    path === '' || path.length > 4096 ? [] : posix.resolve(posix.dirname(file), path),
  )
}

/** Whether an import names a file, or a pattern of Go's filepath.Glob. */
export function isPattern(path: string): boolean {
  return path.includes('*')
}

/** The paths that a pattern matches, in the order in which Glob gives them; `*` and `?` do not cross a folder. */
export function matching(pattern: string, paths: Iterable<string>): string[] {
  const wanted = pattern.split('/')
  return [...paths]
    .filter((path) => {
      const parts = path.split('/')
      return (
        parts.length === wanted.length && parts.every((part, index) => matches(wanted[index] ?? '', part))
      )
    })
    .sort()
}

/** One name against one pattern, in time that grows with their product: a star is tried again only from its last place. */
function matches(pattern: string, name: string): boolean {
  let [at, star, from] = [0, -1, 0]
  let here = 0
  while (here < name.length) {
    if (pattern[at] === '*') {
      star = at
      from = here
      at += 1
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[here])) {
      at += 1
      here += 1
    } else if (star >= 0) {
      at = star + 1
      from += 1
      here = from
    } else return false
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}
