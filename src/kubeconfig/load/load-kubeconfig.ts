import path from 'node:path'
import { RampartError } from '../../model/index.js'
import { EMPTY_KUBECONFIG, type Kubeconfig } from '../kubeconfig.js'
import { readKubeconfig } from '../decode/read-kubeconfig.js'
import { fileErrorCode, goFileError, type KubeconfigFiles } from './kubeconfig-files.js'
import { mergeKubeconfigs } from './merge-kubeconfigs.js'

/** Where kubeconfig files are looked for. */
export interface KubeconfigPlaces {
  /** `--kubeconfig`: that file alone, which has to exist. */
  readonly explicit?: string | undefined
  /** The variables KUBECONFIG and HOME of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface LoadedKubeconfig {
  readonly config: Kubeconfig
  /** The files that were read, first wins. */
  readonly files: readonly string[]
  readonly warnings: readonly string[]
}

/** The file that is read when nobody names one. Source: client-go v0.36.2 tools/clientcmd/loader.go, RecommendedHomeFile. */
export function homeKubeconfig(env: KubeconfigPlaces['env']): string {
  return path.join(env.HOME ?? '', '.kube', 'config')
}

/** The files in the order in which they win; those that are not there included, names that are empty or known left out. */
export function kubeconfigPrecedence({ explicit, env }: KubeconfigPlaces): readonly string[] {
  if (explicit !== undefined && explicit !== '') return [explicit]
  const listed = env.KUBECONFIG ?? ''
  if (listed === '') return [homeKubeconfig(env)]
  return [...new Set(listed.split(path.delimiter))].filter((file) => file !== '')
}

/**
 * What kubectl would load: the explicit file, else the list of KUBECONFIG, else the file in the home folder. Files that
 * are not there are passed over, except the explicit one; files that cannot be read or understood are an error, all of
 * them in one. Paths in the entries are as written.
 * Source: client-go v0.36.2 tools/clientcmd/loader.go, ClientConfigLoadingRules.Load.
 */
export function loadKubeconfig(places: KubeconfigPlaces, files: KubeconfigFiles): LoadedKubeconfig {
  const wanted = kubeconfigPrecedence(places)
  if (places.explicit !== undefined && places.explicit !== '') requireFile(places.explicit, files)
  const loaded: { file: string; config: Kubeconfig }[] = []
  const missing: string[] = []
  const faults: string[] = []
  for (const file of wanted) {
    try {
      const config = loadFile(file, files)
      if (config === undefined) missing.push(file)
      else loaded.push({ file, config })
    } catch (error) {
      if (!(error instanceof RampartError)) throw error
      faults.push(`error loading config file "${file}": ${error.message}`)
    }
  }
  if (faults.length > 0) throw new RampartError('unreadable-input', faults.join('\n'))
  const nothing = loaded.length === 0 && missing.length > 0 && (places.env.KUBECONFIG ?? '') !== ''
  return {
    config: mergeKubeconfigs(loaded.map(({ config }) => config)),
    files: loaded.map(({ file }) => file),
    warnings: nothing ? [`Config not found: ${missing.join(', ')}`] : [],
  }
}

/**
 * As `loadKubeconfig`, for commands that show and change files: an explicit file that is not there is an empty one.
 * Source: client-go v0.36.2 tools/clientcmd/config.go, PathOptions.GetStartingConfig.
 */
export function startingKubeconfig(places: KubeconfigPlaces, files: KubeconfigFiles): LoadedKubeconfig {
  const { explicit } = places
  if (explicit === undefined || explicit === '' || exists(explicit, files))
    return loadKubeconfig(places, files)
  return { config: EMPTY_KUBECONFIG, files: [], warnings: [] }
}

/** One file, its entries marked with it; undefined where there is none. Throws in Go's words. */
export function loadFile(file: string, files: KubeconfigFiles): Kubeconfig | undefined {
  let bytes: Buffer
  try {
    bytes = files.read(path.resolve(files.cwd, file))
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined
    throw new RampartError('unreadable-input', goFileError('open', file, error), { cause: error })
  }
  const { config, fault } = readKubeconfig(bytes.toString('utf8'))
  if (fault !== undefined) throw new RampartError('unreadable-input', fault.message)
  return withOrigin(config, file)
}

function requireFile(file: string, files: KubeconfigFiles): void {
  if (exists(file, files)) return
  throw new RampartError('unreadable-input', `stat ${file}: no such file or directory`)
}

/** What cannot be asked may be there: reading it tells why it cannot be read. */
function exists(file: string, files: KubeconfigFiles): boolean {
  try {
    return files.isFile(path.resolve(files.cwd, file))
  } catch {
    return true
  }
}

function withOrigin(config: Kubeconfig, origin: string): Kubeconfig {
  const mark = <T extends object>(entries: ReadonlyMap<string, T>): Map<string, T & { origin: string }> =>
    new Map([...entries].map(([name, entry]) => [name, { ...entry, origin }]))
  return {
    ...EMPTY_KUBECONFIG,
    ...config,
    clusters: mark(config.clusters),
    users: mark(config.users),
    contexts: mark(config.contexts),
  }
}
