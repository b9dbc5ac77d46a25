import type { PodTemplate } from '../../kube/index.js'
import { field } from '../../model/index.js'

/** Whether a pod says that it runs on Windows: by its os, else by the nodes that it asks for. */
export function isWindows({ spec }: PodTemplate): boolean {
  return (
    field(spec.os, 'name') === 'windows' ||
    ['kubernetes.io/os', 'beta.kubernetes.io/os'].some(
      (label) => field(spec.nodeSelector, label) === 'windows',
    )
  )
}
