import { asList, valueAt } from '../../model/index.js'
import { mountedPath } from '../../kube/index.js'
import { docValue, readGoDocument } from '../../text/index.js'
import type { PathReference } from './references.js'

/** References of a static pod's command lines as paths of the host: what no hostPath volume covers is left out. */
export function mountedReferences(manifest: string, references: readonly PathReference[]): PathReference[] {
  const root = readGoDocument(manifest).root
  if (root === undefined) return []
  const spec = valueAt(docValue(root), ['spec'])
  const containers = asList(valueAt(spec, ['containers']))
  return references.flatMap((reference) =>
    containers.flatMap((container) => {
      const path = mountedPath(spec, container, reference.path)
      return path === undefined ? [] : [{ ...reference, path }]
    }),
  )
}
