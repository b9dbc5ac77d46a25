import { RampartError, isObject, asString, type JsonObject } from '../../model/index.js'
import type { Kubeconfig } from '../kubeconfig.js'
import { clusterFields, contextFields, userFields } from '../load/print-kubeconfig.js'
import { resolvePath, resolvePaths } from '../load/resolve-paths.js'
import { relativePath } from './default-file.js'
import { INNER, type EntryList, type KubeconfigDocument } from './kubeconfig-document.js'
import type { ChangeBase, FileChange } from './plan-changes.js'

/** What happens to a name that both have, with other content. */
export type OnConflict = 'refuse' | 'keep' | 'replace' | 'rename'

/** A file whose entries come in. */
export interface MergeSource {
  readonly file: string
  readonly config: Kubeconfig
  readonly document: KubeconfigDocument
}

export interface MergePlan {
  readonly changes: readonly FileChange[]
  /** One line an entry: what happens to it. */
  readonly notes: readonly string[]
}

const LISTS: readonly EntryList[] = ['clusters', 'users', 'contexts']
const FIELDS = {
  clusters: (config: Kubeconfig, name: string) => withFields(config.clusters.get(name), clusterFields),
  users: (config: Kubeconfig, name: string) => withFields(config.users.get(name), userFields),
  contexts: (config: Kubeconfig, name: string) => withFields(config.contexts.get(name), contextFields),
} as const

/**
 * Brings the entries of files into the default file, whole, with fields that nobody here knows. Paths are rewritten, so
 * that they lead where they led. Equal entries stay as they are.
 */
export function planMerge(
  base: ChangeBase,
  sources: readonly MergeSource[],
  onConflict: OnConflict,
): MergePlan {
  const edits: FileChange['edit'][] = []
  const notes: string[] = []
  const known = new Map(LISTS.map((list) => [list, resolvedFields(base.config, list, base.cwd)] as const))
  let current = base.config.currentContext
  for (const source of sources) {
    const renamed = { clusters: new Map<string, string>(), users: new Map<string, string>() }
    for (const list of LISTS) {
      const taken = known.get(list) ?? new Map<string, string>()
      for (const [name, content] of resolvedFields(source.config, list, base.cwd)) {
        const own = taken.get(name)
        const kind = list.slice(0, -1)
        if (own === content && references(source, name, renamed, list) === undefined) continue
        const how = own === undefined ? 'add' : onConflict
        if (how === 'refuse')
          throw new RampartError(
            'usage',
            `${kind} ${name} of ${source.file} differs from the one of that name: choose --on-conflict keep, replace or rename`,
          )
        if (how === 'keep') {
          notes.push(`kept ${kind} ${name}, not that of ${source.file}`)
          continue
        }
        const target = how === 'rename' ? freeName(name, taken) : name
        if (target !== name && list !== 'contexts') renamed[list].set(name, target)
        const item = itemOf(source, list, name, target, base, renamed)
        edits.push((document) => {
          if (how === 'replace') document.removeEntry(list, name)
          document.addItem(list, item)
        })
        taken.set(target, content)
        const verb = how === 'replace' ? 'replaced' : 'added'
        notes.push(`${verb} ${kind} ${target}${target === name ? '' : ` (${name} of ${source.file})`}`)
      }
    }
    const theirs = source.config.currentContext
    if (current === '' && theirs !== '') {
      current = theirs
      edits.push((document) => document.setCurrentContext(theirs))
    }
  }
  return { changes: edits.map((edit) => ({ file: base.defaultFile, edit })), notes }
}

/** What tells whether two entries are equal: their fields, with paths absolute. */
function resolvedFields(config: Kubeconfig, list: EntryList, cwd: string): Map<string, string> {
  const resolved = resolvePaths(config, cwd)
  return new Map(
    [...resolved[list].keys()].map((name) => [name, JSON.stringify(FIELDS[list](resolved, name))]),
  )
}

function withFields<T>(entry: T | undefined, fields: (entry: T) => JsonObject): JsonObject {
  return entry === undefined ? {} : fields(entry)
}

type Renamed = Readonly<Record<'clusters' | 'users', ReadonlyMap<string, string>>>

/** The new names that a context leads to, or undefined where none was renamed. */
function references(
  source: MergeSource,
  name: string,
  renamed: Renamed,
  list: EntryList,
): { cluster?: string; user?: string } | undefined {
  const context = list === 'contexts' ? source.config.contexts.get(name) : undefined
  const cluster = renamed.clusters.get(context?.cluster ?? '')
  const user = renamed.users.get(context?.user ?? '')
  if (cluster === undefined && user === undefined) return undefined
  return { ...(cluster === undefined ? {} : { cluster }), ...(user === undefined ? {} : { user }) }
}

function itemOf(
  source: MergeSource,
  list: EntryList,
  name: string,
  target: string,
  base: ChangeBase,
  renamed: Renamed,
): JsonObject {
  const item = source.document.item(list, name) ?? {}
  const inner = item[INNER[list]]
  const fields: JsonObject = isObject(inner) ? { ...inner, ...references(source, name, renamed, list) } : {}
  const place = (file: string): string =>
    relativePath(resolvePath(file, source.file, base.cwd), base.defaultFile, base.cwd)
  for (const key of ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']) {
    const file = asString(fields[key])
    if (file !== undefined) fields[key] = place(file)
  }
  const exec = fields.exec
  const command = isObject(exec) ? asString(exec.command) : undefined
  if (isObject(exec) && command?.includes('/') === true) fields.exec = { ...exec, command: place(command) }
  return { ...item, name: target, [INNER[list]]: fields }
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  for (let number = 2; ; number += 1) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`
}
