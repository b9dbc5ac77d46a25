import { posix } from 'node:path'
import type { Host, HostFile } from '../../model/index.js'
import type { HostView } from './drop-ins.js'

const MAX_LINKS = 20

/** Looks at the files of a host that was read; symbolic links lead to their targets. */
export function viewOfHost(host: Host): HostView {
  let folders: Map<string, Set<string>> | undefined
  const list = (path: string): readonly string[] | undefined => {
    folders ??= foldersOf(host)
    const names = folders.get(path)
    if (names !== undefined) return [...names]
    return host.files.get(path)?.type === 'directory' ? [] : undefined
  }
  return { file: (path) => followed(host, path), list }
}

function followed(host: Host, path: string): HostFile | undefined {
  let here = path
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const file = host.files.get(here)
    if (file?.type !== 'symlink' || file.text !== undefined || file.target === undefined) return file
    here = posix.resolve(posix.dirname(here), file.target)
  }
  return undefined
}

function foldersOf(host: Host): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>()
  for (const path of host.files.keys()) {
    for (let here = path; here !== '/' && here !== '.' && here !== ''; here = posix.dirname(here)) {
      const folder = posix.dirname(here)
      const names = folders.get(folder) ?? new Set()
      if (names.has(posix.basename(here))) break
      folders.set(folder, names.add(posix.basename(here)))
    }
  }
  return folders
}
