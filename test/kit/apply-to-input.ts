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
    const text = before === undefined ? '{}\n' : typeof before === 'string' ? before : before.text
    const after = edited(
      text,
      edits.filter((edit) => edit.file === file),
    )
    files[file] = typeof before === 'object' ? { ...before, text: after } : after
  }
  return { ...host, files }
}

function edited(text: string, edits: readonly Edit[]): string {
  const result = applyEdits(text, edits)
  if (result.refused.length > 0) throw new Error(result.refused.map(({ reason }) => reason).join('; '))
  return result.text
}
