import { posix } from 'node:path'
import type { HostFile } from '../../model/index.js'

/** How files of a host are looked at: absolute (or working-folder) paths, no I/O. */
export interface HostView {
  readonly file: (path: string) => HostFile | undefined
  /** Names in a folder, or undefined where there is no such folder. */
  readonly list: (path: string) => readonly string[] | undefined
}

const MAX_FILES = 10_000
const MAX_DEPTH = 50

/**
 * The drop-in files below a folder in the order in which the kubelet merges them: a walk in the order of names (bytes),
 * sub-folders in their place, only `*.conf`. Undefined when there is no such folder. Links to folders are not followed.
 * Source: kubernetes v1.36.2 cmd/kubelet/app/server.go, mergeKubeletConfigurations; Go path/filepath WalkDir.
 */
export function dropInFiles(folder: string, host: HostView): readonly string[] | undefined {
  const entry = host.file(folder)
  if (entry !== undefined && entry.type !== 'directory') return isDropIn(folder) ? [folder] : []
  if (host.list(folder) === undefined) return undefined
  const found: string[] = []
  walk(folder, host, found, 0)
  return found
}

function walk(folder: string, host: HostView, found: string[], depth: number): void {
  if (depth > MAX_DEPTH) return
  for (const name of [...(host.list(folder) ?? [])].sort(byBytes)) {
    if (found.length >= MAX_FILES) return
    const path = posix.join(folder, name)
    const entry = host.file(path)
    const isFolder = entry === undefined ? host.list(path) !== undefined : entry.type === 'directory'
    if (isFolder) walk(path, host, found, depth + 1)
    else if (isDropIn(name)) found.push(path)
  }
}

function isDropIn(name: string): boolean {
  return name.endsWith('.conf')
}

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}
