import { POD_SECURITY_PREFIX, shellWord, type ObjectIndex, type PodSecurityLevel } from '../../kube/index.js'
import type { Fix, KubeObject } from '../../model/index.js'
import { withPrecondition } from '../precondition.js'
import { listRefused, refusedAt } from './refused-workloads.js'

/**
 * The fix that has a namespace enforce a level: the pods that it would refuse are named first, and while there are any
 * it is advice. Whether there are others is known only where all pods were read.
 */
export function enforceLevel(namespace: KubeObject, index: ObjectIndex, level: PodSecurityLevel): Fix {
  const { name } = namespace.ref
  const label = `${POD_SECURITY_PREFIX}enforce`
  const refused = refusedAt(index, name, level)
  const list = refused.length === 0 ? '' : ` It would refuse ${listRefused(refused)}.`
  const fix: Fix = {
    text: `Label namespace ${name} with ${label}=${level}.${list}`,
    edits:
      namespace.source === 'manifest'
        ? [
            {
              file: namespace.slice.file,
              object: namespace.ref,
              op: 'set',
              path: ['metadata', 'labels', label],
              value: level,
            },
          ]
        : [],
    commands:
      namespace.source === 'manifest'
        ? []
        : [`kubectl label --overwrite namespace ${shellWord(name)} ${label}=${level}`],
    risk: 'traffic',
    needs: [],
    breaks: `pods that ${level} refuses: running ones stay until they are replaced, new ones do not start`,
    verify: `kubectl label --dry-run=server --overwrite namespace ${shellWord(name)} ${label}=${level}`,
  }
  if (refused.length > 0) {
    return withPrecondition(fix, 'the workloads that would be refused are changed, or run elsewhere', false)
  }
  const seen = index.holdsAll('', 'Pod') ? true : 'unknown'
  return withPrecondition(fix, `no pod of ${name} breaks ${level}`, seen)
}

/** The strictest level that refuses nothing that was read, and baseline where every one does. */
export function bestLevel(index: ObjectIndex, namespace: string): PodSecurityLevel {
  return refusedAt(index, namespace, 'restricted').length === 0 ? 'restricted' : 'baseline'
}
