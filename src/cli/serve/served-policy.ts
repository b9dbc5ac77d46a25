import { readFileSync, statSync } from 'node:fs'
import { RampartError, type KubeObject } from '../../model/index.js'
import type { LoadedPolicy, PolicySource } from '../../serve/index.js'
import type { Terminal } from '../terminal.js'

/** Reads a policy from files and folders. What cannot be read is an error of the policy; it never throws. */
export async function readServedPolicy(files: readonly string[]): Promise<LoadedPolicy> {
  const { isRulesFile, loadPolicy } = await import('../../serve/index.js')
  const sources: PolicySource[] = []
  for (const file of files) {
    try {
      const text = statSync(file).isDirectory() ? undefined : readFileSync(file, 'utf8')
      if (text !== undefined && (isRulesFile(text) || isAbac(text)))
        sources.push({ kind: 'text', file, text })
      else sources.push({ kind: 'manifests', objects: await readManifests(file) })
    } catch (error) {
      const { message } = error as Error
      return { policy: undefined, warnings: [], errors: [{ message, place: { file } }] }
    }
  }
  return loadPolicy(sources)
}

/** Lines that each begin with a brace, comments apart. */
function isAbac(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  return lines.length > 0 && lines.every((line) => line.startsWith('{') && line.endsWith('}'))
}

async function readManifests(file: string): Promise<readonly KubeObject[]> {
  const { readEstate } = await import('../../sources/index.js')
  const estate = await readEstate({ paths: [file], hostRoots: [] })
  const [problem] = estate.problems.filter(({ level }) => level === 'error')
  if (problem !== undefined) throw new RampartError('unreadable-input', problem.message)
  const rbac = estate.objects.filter(({ ref }) => ref.group === 'rbac.authorization.k8s.io')
  if (rbac.length === 0)
    throw new RampartError('unreadable-input', 'it holds no role and no binding, no ABAC line and no rule')
  return rbac
}

/** Says what is wrong with a policy, and what is doubtful. */
export function tellFaults({ errors, warnings }: LoadedPolicy, terminal: Terminal): void {
  const line = ({ message, place }: LoadedPolicy['errors'][number]): string =>
    `${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${message}`
  for (const each of errors) terminal.err(`error: ${line(each)}\n`)
  for (const each of warnings) terminal.err(`warning: ${line(each)}\n`)
}
