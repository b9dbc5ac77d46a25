import { posix } from 'node:path'
import { applyEdits } from '../../src/actions/edit/index.js'
import type { Edit, EstateInput, HostInput, InlineFile } from '../../src/model/index.js'

/** The estate after the edits of a fix, made as the tool would make them. Throws when one is refused. */
export function applyToInput(given: EstateInput, edits: readonly Edit[]): EstateInput {
  const ofManifests = edits.filter((edit) => edit.host === undefined)
  const manifests =
    given.manifests === undefined || ofManifests.length === 0
      ? given.manifests
      : edited(given.manifests, ofManifests)
  const hosts = Object.entries(given.hosts ?? {}).map(([name, host]) => [
    name,
    editedHost(
      host,
      edits.filter((edit) => edit.host === name),
    ),
  ])
  return {
    ...given,
    ...(manifests === undefined ? {} : { manifests }),
    hosts: Object.fromEntries(hosts) as never,
  }
}

function editedHost(host: HostInput, edits: readonly Edit[]): HostInput {
  const files: Record<string, InlineFile> = { ...host.files }
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const before = files[file]
    const text = before === undefined ? undefined : textOf(before)
    const after = edited(
      text,
      edits.filter((edit) => edit.file === file),
    )
    files[file] = typeof before === 'object' && 'text' in before ? { ...before, text: after } : after
  }
  return { ...host, files }
}

function edited(text: string | undefined, edits: readonly Edit[]): string {
  const result = applyEdits(text, edits)
  if (result.refused.length > 0) throw new Error(result.refused.map(({ reason }) => reason).join('; '))
  return result.text
}

function textOf(file: InlineFile): string {
  if (typeof file === 'string') return file
  return 'text' in file ? file.text : ''
}

/** Whether all commands of a fix are of those that `modesApplied` makes. */
export function setsModesAlone(commands: readonly string[]): boolean {
  return commands.length > 0 && commands.every((command) => MODE_COMMAND.test(command))
}

const MODE_COMMAND = /^(?:chmod ([0-7]{3,4}|go-w) (\/\S+)|chown root:root (\/\S+))$/

/** The hosts after `chmod` and `chown` of a fix, as a shell on that host would make them. */
export function modesApplied(given: EstateInput, host: string, commands: readonly string[]): EstateInput {
  const input = given.hosts?.[host] ?? {}
  const files: Record<string, InlineFile> = { ...input.files }
  for (const command of commands) {
    const [, mode, path, owned] = MODE_COMMAND.exec(command) ?? []
    const name = nameOf(files, path ?? owned ?? '')
    const before = files[name] ?? ''
    const folder = name.endsWith('/')
    const file = typeof before === 'object' && 'text' in before ? before : { text: textOf(before) }
    const bits = file.mode ?? (folder ? 0o755 : 0o644)
    if (owned !== undefined) files[name] = { ...file, uid: 0, gid: 0 }
    else files[name] = { ...file, mode: mode === 'go-w' ? bits & ~0o022 : Number.parseInt(mode ?? '', 8) }
  }
  return { ...given, hosts: { ...given.hosts, [host]: { ...input, files } } }
}

/** Folders are named with a slash at their end; `chmod` and `chown` follow links, those of folders too. */
function nameOf(files: Readonly<Record<string, InlineFile>>, path: string): string {
  for (const [link, file] of Object.entries(files)) {
    if (typeof file !== 'object' || !('link' in file)) continue
    if (path === link || path.startsWith(`${link}/`))
      return nameOf(files, posix.resolve(posix.dirname(link), file.link) + path.slice(link.length))
  }
  return files[`${path}/`] === undefined ? path : `${path}/`
}
