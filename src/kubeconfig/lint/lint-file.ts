import path from 'node:path'
import { asList, asString, field, type JsonPath, type JsonValue } from '../../model/index.js'
import { locate, readYaml } from '../../text/index.js'
import { clusterOf, contextOf, userOf } from '../decode/entries.js'
import { readKubeconfig } from '../decode/read-kubeconfig.js'
import type { KubeconfigCluster, KubeconfigContext, KubeconfigUser } from '../kubeconfig.js'
import { resolvePath } from '../load/resolve-paths.js'

/** `hint`: worth knowing, and often meant so. */
export type KubeconfigIssueLevel = 'error' | 'warning' | 'hint'

/** One thing that is wrong with a kubeconfig, or worth knowing before it is used. */
export interface KubeconfigIssue {
  readonly rule: string
  readonly level: KubeconfigIssueLevel
  readonly file: string
  readonly line: number
  /** e.g. `user anna`, '' for the file itself */
  readonly subject: string
  readonly message: string
  readonly fix: string
}

/** What is known of a file beside its content. */
export interface FileFacts {
  readonly mode: number
  readonly isRegular: boolean
}

/** What rules may ask about this machine. Nothing is run and nobody is contacted. */
export interface LintWorld {
  readonly cwd: string
  readonly now: Date
  /** Milliseconds: what ends sooner is about to end. */
  readonly expiringWithin: number
  /** The text of a regular file, or undefined where it cannot be read. */
  readonly read: (file: string) => Buffer | undefined
  /** undefined where the file is not there. */
  readonly facts: (file: string) => FileFacts | undefined
  /** The program that a bare command would be, from PATH. */
  readonly findProgram: (command: string) => string | undefined
}

/** One entry of a list, where it stands. */
export interface LintEntry<T> {
  readonly name: string
  readonly path: JsonPath
  readonly entry: T
}

/** One file under lint: its entries, those included that kubectl would stumble over. */
export interface LintFile {
  readonly file: string
  readonly value: JsonValue
  readonly currentContext: string
  readonly clusters: readonly LintEntry<KubeconfigCluster>[]
  readonly users: readonly LintEntry<KubeconfigUser>[]
  readonly contexts: readonly LintEntry<KubeconfigContext>[]
  readonly world: LintWorld
  /** An absolute path for one that stands in the file. */
  readonly resolve: (file: string) => string
  readonly report: (issue: Omit<KubeconfigIssue, 'file' | 'line'>, path: JsonPath) => void
}

/** Reads a file for linting. Its own faults are issues; undefined where nothing of it can be read. */
export function openLintFile(
  file: string,
  text: string,
  world: LintWorld,
  issues: KubeconfigIssue[],
): LintFile | undefined {
  const format = text.trimStart().startsWith('{') ? 'json' : 'yaml'
  const report: LintFile['report'] = (issue, path) => {
    const line = locate(text, { format, line: 1, column: 1 }, path)?.line ?? 1
    issues.push({ ...issue, file, line })
  }
  const { fault } = readKubeconfig(text)
  const value = text === '' ? null : (readYaml(text).value ?? null)
  // Every name that stands twice is said where names are compared; kubectl stops at the first.
  const twice = /\*api\.(Cluster|AuthInfo|Context): duplicate name/
  if (fault !== undefined && !twice.test(fault.message)) {
    const issue = {
      rule: /duplicate name/.test(fault.message) ? 'duplicate-name' : 'unreadable',
      level: 'error' as const,
      subject: '',
      message: `kubectl refuses the file: ${fault.message}`,
      fix: 'mend this place',
    }
    if (fault.line !== undefined) issues.push({ ...issue, file, line: fault.line })
    else report(issue, fault.path ?? [])
    if (value === null) return undefined
  }
  const entries = <T>(
    list: string,
    inner: string,
    read: (value: JsonValue | undefined) => T,
  ): LintEntry<T>[] =>
    asList(field(value, list)).map((item, index) => ({
      name: asString(field(item, 'name')) ?? '',
      path: [list, index, inner],
      entry: read(field(item, inner)),
    }))
  return {
    file,
    value,
    currentContext: asString(field(value, 'current-context')) ?? '',
    clusters: entries('clusters', 'cluster', clusterOf),
    users: entries('users', 'user', userOf),
    contexts: entries('contexts', 'context', contextOf),
    world,
    resolve: (name) => resolvePath(name, path.resolve(world.cwd, file), world.cwd),
    report,
  }
}
