import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { mountedPath } from '../kube/index.js'
import {
  asList,
  asString,
  field,
  valueAt,
  type Edit,
  type Fix,
  type JsonPath,
  type JsonValue,
} from '../model/index.js'
import type { ComponentStart } from './component-start.js'
import { changeFlag, frameOf, kubeadmNote, restartWords, unsetFlag } from './flag-change.js'
import type { FlagSettings } from './flag-settings.js'

/** Several changes of one start that only work together. */
export interface StartChange {
  /** Flags by name, without dashes. */
  readonly set?: Readonly<Record<string, JsonValue>>
  readonly unset?: readonly string[]
  /** New files that it reads, each with the flag that names it. */
  readonly files?: readonly FlagFile[]
  /** Folders that it writes to. */
  readonly folders?: readonly string[]
  /** Changes of files that it reads already, by their paths on the host. */
  readonly edits?: readonly Omit<Edit, 'host'>[]
}

/** A file that a flag names. */
export interface FlagFile {
  readonly flag: string
  /** Its name in the folder of the component's own files. */
  readonly name: string
  readonly text: string
}

/**
 * The fix that makes several changes of one start: new files in a folder of its own, which its pod mounts, and the
 * flags in one file. Advice where one of them could not be made by an edit; `words` say what it is all for.
 */
export function changeStart(
  start: ComponentStart,
  flags: FlagSettings,
  change: StartChange,
  words: string,
): Fix {
  const files = (change.files ?? []).map((file) => ({ ...file, path: `${ownFolder(start)}/${file.name}` }))
  const set = { ...change.set, ...Object.fromEntries(files.map(({ flag, path }) => [flag, path])) }
  const fixes = [
    ...Object.entries(set).map(([name, value]) => changeFlag(start, flags, name, value)),
    ...(change.unset ?? []).map((name) => unsetFlag(start, flags, name)),
  ]
  const manifest = manifestOf(start)
  const undone = fixes.find(({ edits }) => edits.length === 0)
  const text = `${words}${files.map(({ path, flag }) => ` The file is \`${path}\`, which \`--${flag}\` names.`).join('')}`
  if (undone !== undefined || start.machine === undefined) {
    return {
      ...frameOf(start),
      text: `${text} ${undone?.text ?? `Then restart ${start.component}.`}`,
      edits: [],
    }
  }
  const own = (change.edits ?? []).map((edit): Edit => ({ ...edit, host: start.host }))
  const mounts = new Mounts(start)
  const created = files.map(({ path, text: value }): Edit => {
    const file = mounts.outside(path, true)
    return { host: start.host, file, op: 'create', path: [], value, mode: 0o600 }
  })
  for (const folder of change.folders ?? []) mounts.outside(`${folder}/x`, false)
  const started = fixes.flatMap(({ edits }) => edits)
  const edits = [...created, ...own, ...mounts.edits, ...started]
  // The kubelet starts a static pod anew when its manifest changes, not when a file behind it does.
  const told =
    manifest !== undefined && !edits.some(({ file }) => file === manifest)
      ? [restartMark(start, manifest, own)]
      : []
  const mounted = mounts.edits.length > 0 ? ' Its folder is mounted into the pod.' : ''
  return {
    ...frameOf(start),
    text: `${text}${mounted} Then ${restartWords(start).replace(/^then /, '')}.${kubeadmNote(start)}`,
    edits: [...edits, ...told],
  }
}

/** Where the files of our own go; kubeadm mounts none of its folders but that of certificates into its pods. */
function ownFolder({ component }: ComponentStart): string {
  return `/etc/kubernetes/${component}`
}

/** The manifest of the static pod that runs it. */
function manifestOf({ runBy, pod, place }: ComponentStart): string | undefined {
  if (pod !== undefined || runBy === undefined) return undefined
  return /\.(?:ya?ml|json)$/.test(place?.file ?? '') ? place?.file : undefined
}

function restartMark({ host }: ComponentStart, manifest: string, edits: readonly Edit[]): Edit {
  const value = createHash('sha256').update(JSON.stringify(edits)).digest('hex').slice(0, 12)
  const path = ['metadata', 'annotations', 'rampart.dev/configuration']
  return { host, file: manifest, op: 'set', path, value }
}

/** The volumes that a static pod needs for paths that none of its mounts covers. */
class Mounts {
  readonly edits: Edit[] = []
  readonly #start: ComponentStart
  readonly #names: Set<string>
  readonly #folders = new Set<string>()

  constructor(start: ComponentStart) {
    this.#start = start
    const volumes = asList(valueAt(start.runBy?.object.content, ['spec', 'volumes']))
    this.#names = new Set(volumes.map((volume) => asString(field(volume, 'name')) ?? ''))
  }

  /** The host's path behind a path of the component; its folder is mounted where it is not yet. */
  outside(path: string, readOnly: boolean): string {
    const { runBy, host } = this.#start
    const manifest = manifestOf(this.#start)
    const spec = field(runBy?.object.content, 'spec')
    const known = runBy === undefined ? path : mountedPath(spec, runBy.container, path)
    const folder = posix.dirname(path)
    if (known !== undefined || manifest === undefined || this.#folders.has(folder)) return known ?? path
    this.#folders.add(folder)
    const index = asList(field(spec, 'containers')).findIndex((each) => each === runBy?.container)
    const name = this.#freeName()
    const mount = { mountPath: folder, name, ...(readOnly ? { readOnly } : {}) }
    const volume = { hostPath: { path: folder, type: 'DirectoryOrCreate' }, name }
    const append = (at: JsonPath, value: JsonValue): Edit => ({
      host,
      file: manifest,
      op: 'append',
      path: at,
      value,
    })
    this.edits.push(
      append(['spec', 'containers', Math.max(0, index), 'volumeMounts'], mount),
      append(['spec', 'volumes'], volume),
    )
    return path
  }

  #freeName(): string {
    for (let count = 1; ; count += 1) {
      const name = `${this.#start.component}-files${count === 1 ? '' : `-${count}`}`
      if (this.#names.has(name)) continue
      this.#names.add(name)
      return name
    }
  }
}
