import path from 'node:path'
import type { KubeconfigFiles } from '../load/kubeconfig-files.js'
import { kubeconfigPrecedence, type KubeconfigPlaces } from '../load/load-kubeconfig.js'

/**
 * The file that a new entry is written to: the explicit one, else of KUBECONFIG the first that exists, else its last.
 * Source: client-go v0.36.2 tools/clientcmd/config.go, PathOptions.GetDefaultFilename.
 */
export function defaultFile(places: KubeconfigPlaces, files: KubeconfigFiles): string {
  const candidates = kubeconfigPrecedence(places)
  return candidates.find((file) => exists(file, files)) ?? candidates.at(-1) ?? ''
}

function exists(file: string, files: KubeconfigFiles): boolean {
  try {
    return files.isFile(path.resolve(files.cwd, file))
  } catch {
    return false
  }
}

/**
 * An absolute path as it is written into a file: counted from the file's folder where it lies below it.
 * Source: client-go v0.36.2 tools/clientcmd/loader.go, RelativizePathWithNoBacksteps.
 */
export function relativePath(place: string, file: string, cwd: string): string {
  if (place === '') return ''
  const relative = path.relative(path.resolve(cwd, path.dirname(file)), place)
  return relative.startsWith('../') || relative === '..' ? place : relative
}
