import { objectReader } from '../objects/index.js'
import type { KubeObject, Problem } from '../../model/index.js'

/** The objects of a text of YAML or JSON documents; `file` is the name that places in it get. Never throws on input. */
export function readManifestText(text: string, file: string): { objects: KubeObject[]; problems: Problem[] } {
  const reader = objectReader(file, 'manifest')
  reader.push(Buffer.from(text, 'utf8'))
  const { objects, problems } = reader.end()
  return { objects, problems }
}
