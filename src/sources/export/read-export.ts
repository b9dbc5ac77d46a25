import { stat } from 'node:fs/promises'
import type { ListSeen } from '../../kube/index.js'
import type { KubeObject, Problem, SourceSummary, TextProvider } from '../../model/index.js'
import { fileTexts, findFiles, readObjectFile, refusalOf } from '../objects/index.js'
import { completeness } from './completeness.js'

export interface ExportRead {
  readonly objects: KubeObject[]
  readonly problems: Problem[]
  readonly summary: SourceSummary[]
  readonly texts: TextProvider
}

/**
 * Reads what a cluster gave: one file, or the files of a folder (`kubectl get ... -o json|yaml`, a cluster-info dump).
 * Logs and other files are not read. Never throws on input.
 */
export async function readExport(
  name: string,
  options: { readonly onProgress?: (text: string) => void } = {},
): Promise<ExportRead> {
  const objects: KubeObject[] = []
  const problems: Problem[] = []
  const lists: ListSeen[] = []
  const files = await filesOf(name, problems)
  for (const file of files) {
    options.onProgress?.(`reading ${file}`)
    const read = await readObjectFile(file, 'export')
    // Not by spreading: a list of 100,000 arguments is more than a stack holds.
    for (const object of read.objects) objects.push(object)
    problems.push(...read.problems)
    lists.push(...read.lists)
  }
  const whole = completeness(objects, lists, problems)
  const summary: SourceSummary = {
    kind: 'export',
    name,
    objects: objects.length,
    files: files.length,
    ...whole,
  }
  return { objects, problems, summary: [summary], texts: fileTexts(new Set(files)) }
}

async function filesOf(name: string, problems: Problem[]): Promise<string[]> {
  try {
    if (!(await stat(name)).isDirectory()) return [name]
    const found = await findFiles(name)
    problems.push(...found.problems)
    return found.files
  } catch (error) {
    problems.push(refusalOf(name, error))
    return []
  }
}
