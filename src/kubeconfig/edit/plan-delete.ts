import { RampartError } from '../../model/index.js'
import type { Kubeconfig } from '../kubeconfig.js'
import type { EntryList } from './kubeconfig-document.js'
import type { ChangeBase, FileChange } from './plan-changes.js'

export interface DeleteRequest {
  readonly contexts: readonly string[]
  readonly clusters: readonly string[]
  readonly users: readonly string[]
  /** Clusters and users too that only the deleted contexts use; with nothing else said, all that nothing uses. */
  readonly orphans: boolean
  /** Even what a context still uses. */
  readonly force: boolean
}

export interface DeletePlan {
  readonly changes: readonly FileChange[]
  readonly deleted: readonly { readonly kind: string; readonly name: string; readonly file: string }[]
  readonly warnings: readonly string[]
}

/** What goes, and where it stands. Nothing that a context still uses goes unasked. */
export function planDelete(base: ChangeBase, request: DeleteRequest): DeletePlan {
  const { config } = base
  const contexts = present(config, 'contexts', request.contexts, base.defaultFile)
  const left = [...config.contexts].filter(([name]) => !contexts.includes(name)).map(([, context]) => context)
  const clusters = chosen(
    config,
    'clusters',
    request,
    contexts,
    new Set(left.map(({ cluster }) => cluster)),
    base,
  )
  const users = chosen(config, 'users', request, contexts, new Set(left.map(({ user }) => user)), base)
  const deleted = [
    ...contexts.map((name) => entry(config, 'contexts', name)),
    ...clusters.map((name) => entry(config, 'clusters', name)),
    ...users.map((name) => entry(config, 'users', name)),
  ]
  if (deleted.length === 0)
    throw new RampartError(
      'usage',
      request.orphans
        ? 'nothing is orphaned'
        : 'nothing to delete: name a context, --cluster, --user or --orphans',
    )
  const current = contexts.includes(config.currentContext)
  return {
    changes: [
      ...deleted.map(({ list, name, file }) => ({
        file,
        edit: (document: Parameters<FileChange['edit']>[0]) => document.removeEntry(list, name),
      })),
      // kubectl leaves a current-context that leads nowhere, with which no command works.
      ...(current
        ? base.files.map((file) => ({
            file,
            edit: (document: Parameters<FileChange['edit']>[0]) =>
              document.clearCurrentContext(config.currentContext),
          }))
        : []),
    ],
    deleted: deleted.map(({ list, name, file }) => ({ kind: list.slice(0, -1), name, file })),
    warnings: current
      ? ['this removed your active context, use `rampart kubeconfig use` to select a different one']
      : [],
  }
}

function entry(
  config: Kubeconfig,
  list: EntryList,
  name: string,
): { list: EntryList; name: string; file: string } {
  return { list, name, file: config[list].get(name)?.origin ?? '' }
}

/** Source: kubectl v0.36.2 pkg/cmd/config/delete_{context,cluster,user}.go. */
function present(config: Kubeconfig, list: EntryList, names: readonly string[], file: string): string[] {
  for (const name of names)
    if (!config[list].has(name))
      throw new RampartError('usage', `cannot delete ${list.slice(0, -1)} ${name}, not in ${file}`)
  return [...new Set(names)]
}

function chosen(
  config: Kubeconfig,
  list: 'clusters' | 'users',
  request: DeleteRequest,
  contexts: readonly string[],
  used: ReadonlySet<string>,
  base: ChangeBase,
): string[] {
  const kind = list === 'clusters' ? 'cluster' : 'user'
  const named = present(config, list, request[list], base.defaultFile)
  const busy = named.filter((name) => used.has(name))
  if (busy.length > 0 && !request.force) {
    const users = [...config.contexts]
      .filter(([, context]) => busy.includes(context[kind]))
      .map(([name]) => name)
    const message = `${kind} ${busy.join(', ')} is used by context ${users.join(', ')}: delete that too, or add --force`
    throw new RampartError('usage', message)
  }
  if (!request.orphans) return named
  const alone = request.contexts.length + request.clusters.length + request.users.length === 0
  const candidates = alone
    ? [...config[list].keys()]
    : contexts.map((name) => config.contexts.get(name)?.[kind] ?? '').filter((name) => config[list].has(name))
  return [...new Set([...named, ...candidates.filter((name) => !used.has(name))])]
}
