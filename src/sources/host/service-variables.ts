import { posix } from 'node:path'
import { parseEnvFile, type Service, type ServiceVariable } from '../../text/index.js'
import type { FileCollector } from './file-collector.js'

/** An environment file that a service names. */
export type EnvironmentFile = Service['environmentFiles'][number]

/** Variables of the unit, then those of its files, which win; and the files that should be there and are not. */
export async function variablesOf(
  collector: FileCollector,
  service: Service,
): Promise<{ variables: ServiceVariable[]; unseen: EnvironmentFile[] }> {
  const variables = [...service.environment]
  const unseen: EnvironmentFile[] = []
  for (const wanted of service.environmentFiles) {
    const paths = await globbed(collector, wanted.path)
    let read = 0
    for (const path of paths) {
      const file = await collector.read(path)
      if (file?.text === undefined) {
        if (file !== undefined || !wanted.optional) unseen.push(wanted)
        continue
      }
      read += 1
      const { assignments } = parseEnvFile(file.text)
      for (const { name, value } of assignments) variables.push({ name, value, file: path })
    }
    if (read === 0 && paths.length === 0 && !wanted.optional) unseen.push(wanted)
  }
  return { variables, unseen }
}

/** `EnvironmentFile=` may hold wildcards in its last step. */
async function globbed(collector: FileCollector, path: string): Promise<string[]> {
  if (!path.startsWith('/')) return []
  const name = posix.basename(path)
  if (!/[*?]/.test(name)) return [path]
  const names = (await collector.list(posix.dirname(path))) ?? []
  return names.filter((each) => matches(name, each)).map((each) => posix.join(posix.dirname(path), each))
}

/** Wildcards without backtracking into themselves: each `*` takes the shortest stretch that fits. */
function matches(pattern: string, name: string): boolean {
  let p = 0
  let star = -1
  let retry = 0
  for (let n = 0; n < name.length;) {
    if (pattern[p] === '*') {
      star = p++
      retry = n
    } else if (pattern[p] === '?' || (p < pattern.length && pattern[p] === name[n])) {
      p += 1
      n += 1
    } else if (star >= 0) {
      p = star + 1
      n = ++retry
    } else return false
  }
  return /^\**$/.test(pattern.slice(p))
}
