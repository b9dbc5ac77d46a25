import {
  asList,
  formatRef,
  identityOf,
  valueAt,
  type Fix,
  type JsonPath,
  type JsonValue,
} from '../../model/index.js'
import { isMirrorPod, pathInObject } from '../../kube/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubectlPatch } from './kubectl-patch.js'

/** A change of one field of a pod; `path` begins at the pod: `spec`, `containers`, 0, ... */
export interface PodChange {
  readonly op: 'set' | 'remove'
  readonly path: JsonPath
  readonly value?: JsonValue
  readonly text: string
  /** What may stop working. */
  readonly breaks: string
}

/** The change as an edit of the object that makes the pods; advice where that object was not read. */
export function changePod(subject: WorkloadSubject, change: PodChange): Fix {
  const { object, owner, template } = subject
  const { text, breaks } = change
  if (isMirrorPod(object))
    return advice(`${text} Do so in the static pod's manifest on its node.`, { breaks })
  if (identityOf(owner) !== identityOf(object.ref))
    return advice(`${text} Do so in the pod template of ${formatRef(owner)}.`, { breaks })
  if (template.containersOnly === true && !/ontainers$/.test(String(change.path[1])))
    return advice(`${text} Do so where the pods are started: ${object.ref.kind} has no such field.`, {
      breaks,
    })
  const path = pathInObject(template, change.path)
  const command = kubectlPatch(object, change.op, path, change.value ?? null)
  return {
    text,
    edits: [
      {
        file: object.slice.file,
        object: object.ref,
        op: change.op,
        path,
        ...(change.value === undefined ? {} : { value: change.value }),
        ...(object.host === undefined ? {} : { host: object.host }),
      },
    ],
    commands: command === undefined ? [] : [command],
    risk: 'restart',
    needs: [],
    restart: `the pods of ${object.ref.kind} ${object.ref.name}`,
    breaks,
  }
}

/**
 * The change that leaves only some members of a list: the list is set anew, since several removals by index would
 * disturb one another. A list that would be empty goes.
 */
export function keepMembers(
  { template }: WorkloadSubject,
  path: JsonPath,
  keep: (member: JsonValue) => boolean,
): Pick<PodChange, 'op' | 'path' | 'value'> {
  const kept = asList(valueAt(template, path)).filter(keep)
  return kept.length === 0 ? { op: 'remove', path } : { op: 'set', path, value: kept }
}
