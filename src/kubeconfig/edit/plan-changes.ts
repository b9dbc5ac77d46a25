import path from 'node:path'
import { RampartError, type JsonObject } from '../../model/index.js'
import { goQuote, nearestWords } from '../../text/index.js'
import { EMPTY_CLUSTER, EMPTY_CONTEXT, EMPTY_USER, type Kubeconfig } from '../kubeconfig.js'
import { clusterFields, contextFields, userFields } from '../load/print-kubeconfig.js'
import { resolvePath } from '../load/resolve-paths.js'
import { relativePath } from './default-file.js'
import type { KubeconfigDocument } from './kubeconfig-document.js'
import {
  modifyCluster,
  modifyContext,
  modifyUser,
  type ClusterSettings,
  type ContextSettings,
  type UserSettings,
} from './modify-entries.js'

/** A change of one file. */
export interface FileChange {
  readonly file: string
  readonly edit: (document: KubeconfigDocument) => void
}

/** The kubeconfig that is changed, and where new entries go. */
export interface ChangeBase {
  readonly config: Kubeconfig
  readonly defaultFile: string
  /** All files that were read. */
  readonly files: readonly string[]
  readonly cwd: string
}

/** Source: kubectl v0.36.2 pkg/cmd/config/use_context.go; client-go config.go, writeCurrentContext. */
export function planUse(base: ChangeBase, name: string): FileChange[] {
  if (name === '') throw new RampartError('usage', 'empty context names are not allowed')
  if (!base.config.contexts.has(name)) {
    const meant = nearestWords(name, base.config.contexts.keys())
    const hint = meant.length === 0 ? '' : `; did you mean ${meant.map((each) => `\`${each}\``).join(', ')}?`
    throw new RampartError('usage', `no context exists with the name: ${goQuote(name)}${hint}`)
  }
  return [{ file: base.defaultFile, edit: (document) => document.setCurrentContext(name) }]
}

export function planSetCluster(base: ChangeBase, name: string, to: ClusterSettings): FileChange[] {
  requireName(name, 'cluster')
  const before = base.config.clusters.get(name)
  const file = before?.origin || base.defaultFile
  const after = modifyCluster(before ?? EMPTY_CLUSTER, to)
  const place = rewritten(base, file, after.certificateAuthority)
  return entryChange('clusters', name, file, before && clusterFields(before), {
    ...clusterFields({ ...after, certificateAuthority: place }),
  })
}

export function planSetUser(base: ChangeBase, name: string, to: UserSettings): FileChange[] {
  requireName(name, 'user')
  const before = base.config.users.get(name)
  const file = before?.origin || base.defaultFile
  const after = modifyUser(before ?? EMPTY_USER, to)
  const { exec } = after
  const fields = userFields({
    ...after,
    clientCertificate: rewritten(base, file, after.clientCertificate),
    clientKey: rewritten(base, file, after.clientKey),
    tokenFile: rewritten(base, file, after.tokenFile),
    exec:
      exec?.command.includes(path.sep) === true
        ? { ...exec, command: rewritten(base, file, exec.command) }
        : exec,
  })
  return entryChange('users', name, file, before && userFields(before), fields)
}

/** `exists` tells what kubectl says of it: modified or created. */
export function planSetContext(
  base: ChangeBase,
  name: string,
  to: ContextSettings,
): { readonly changes: FileChange[]; readonly exists: boolean } {
  requireName(name, 'context')
  const before = base.config.contexts.get(name)
  const after = modifyContext(before ?? EMPTY_CONTEXT, to)
  const file = before?.origin || base.defaultFile
  const changes = entryChange('contexts', name, file, before && contextFields(before), contextFields(after))
  return { changes, exists: before !== undefined }
}

function requireName(name: string, what: string): void {
  if (name === '') throw new RampartError('usage', `you must specify a non-empty ${what} name`)
}

/** Old paths count from the file, new ones are absolute: both as they are written below its folder. */
function rewritten({ cwd }: ChangeBase, file: string, place: string): string {
  return relativePath(resolvePath(place, file, cwd), file, cwd)
}

function entryChange(
  list: 'clusters' | 'users' | 'contexts',
  name: string,
  file: string,
  before: JsonObject | undefined,
  after: JsonObject,
): FileChange[] {
  return [{ file, edit: (document) => document.setEntry(list, name, before, after) }]
}
