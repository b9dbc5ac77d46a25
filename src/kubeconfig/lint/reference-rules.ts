import { nearestWords } from '../../text/index.js'
import type { LintEntry, LintFile } from './lint-file.js'

/** Names: which stand twice, lead nowhere, or are led to by nothing. The files count together, the first wins. */
export function lintReferences(files: readonly LintFile[]): void {
  const clusters = new Set(files.flatMap((file) => file.clusters.map(({ name }) => name)))
  const users = new Set(files.flatMap((file) => file.users.map(({ name }) => name)))
  const contexts = new Set(files.flatMap((file) => file.contexts.map(({ name }) => name)))
  for (const file of files) {
    for (const { name, path, entry } of file.contexts) {
      lead(file, `context ${name}`, [...path, 'cluster'], 'cluster', entry.cluster, clusters)
      lead(file, `context ${name}`, [...path, 'user'], 'user', entry.user, users)
      if (entry.namespace !== '' && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(entry.namespace))
        file.report(
          {
            rule: 'bad-namespace',
            level: 'error',
            subject: `context ${name}`,
            message: `no namespace can be called \`${entry.namespace}\``,
            fix: 'use small letters, digits and dashes',
          },
          [...path, 'namespace'],
        )
    }
    if (file.currentContext !== '')
      lead(file, '', ['current-context'], 'context', file.currentContext, contexts)
  }
  unused(files, 'cluster')
  unused(files, 'user')
  shadowed(files)
}

function lead(
  { report }: LintFile,
  subject: string,
  path: readonly (string | number)[],
  kind: string,
  name: string,
  known: ReadonlySet<string>,
): void {
  if (known.has(name) && name !== '') return
  const meant = nearestWords(name, known)
  const message = name === '' ? `no ${kind} is named` : `there is no ${kind} \`${name}\``
  const fix = meant.length === 0 ? `add the ${kind}, or take this out` : `did you mean ${meant.join(', ')}?`
  report({ rule: 'dangling-reference', level: 'error', subject, message, fix }, path)
}

function unused(files: readonly LintFile[], kind: 'cluster' | 'user'): void {
  const used = new Set(files.flatMap((file) => file.contexts.map(({ entry }) => entry[kind])))
  for (const file of files) {
    for (const { name, path } of file[`${kind}s`]) {
      if (used.has(name)) continue
      const fix = `rampart kubeconfig delete --${kind} ${name}`
      const message = 'no context uses it'
      file.report(
        { rule: 'unused-entry', level: 'hint', subject: `${kind} ${name}`, message, fix },
        path.slice(0, 2),
      )
    }
  }
}

/** In several files the first entry counts, whole. Twice in one file is refused by kubectl. */
function shadowed(files: readonly LintFile[]): void {
  for (const kind of ['cluster', 'user', 'context'] as const) {
    const first = new Map<string, string>()
    for (const file of files) {
      const own = new Set<string>()
      for (const each of file[`${kind}s`] as readonly LintEntry<unknown>[]) {
        const { name, path } = each
        const winner = first.get(name)
        if (own.has(name))
          file.report(
            {
              rule: 'duplicate-name',
              level: 'error',
              subject: `${kind} ${name}`,
              message: `the name stands twice in the file: kubectl refuses the whole file (duplicate name "${name}" in list)`,
              fix: 'rename one of them, or take it out',
            },
            [...path.slice(0, 2), 'name'],
          )
        else if (winner !== undefined)
          file.report(
            {
              rule: 'duplicate-name',
              level: 'warning',
              subject: `${kind} ${name}`,
              message: `does not count: \`${winner}\` comes first and has one of that name`,
              fix: 'rename one of them',
            },
            [...path.slice(0, 2), 'name'],
          )
        own.add(name)
        if (winner === undefined) first.set(name, file.file)
      }
    }
  }
}
