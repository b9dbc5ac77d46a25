import { absenceIsKnown, type ObjectIndex } from '../../kube/index.js'
import { unknown, type JsonPath, type KubeObject } from '../../model/index.js'
import type { FailOptions, Report } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'

export interface Wanted {
  readonly group: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** Where it is named. */
  readonly path: JsonPath
}

/** Says that something which an object names does not exist, or that this is not known; true when it is there. */
export function judgeMissing(
  object: KubeObject,
  index: ObjectIndex,
  report: Report,
  wanted: Wanted,
  options: FailOptions,
): boolean {
  const { group, kind, namespace, name, path } = wanted
  if (index.get(group, kind, namespace, name) !== undefined) return true
  const what = `${kind} ${namespace === object.ref.namespace ? name : `${namespace}/${name}`}`
  if (absenceIsKnown(index, group, kind)) {
    report.fail(fieldEvidence(object, path, `${what} does not exist`, `${kind} ${namespace}/${name}`), {
      message: `${what} does not exist`,
      ...options,
    })
  } else {
    const detail = `${what} was not read, and the input need not hold all of its kind`
    report.unknown(unknown('no-source', detail, { kind: 'object', object, path }))
  }
  return false
}
