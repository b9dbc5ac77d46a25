import { describeSubject, readBinding, shellWord, type BindingSubject } from '../../kube/index.js'
import type { Fix, KubeObject } from '../../model/index.js'

/** The fix that takes one subject out of a binding: an edit of its manifest, or a command where it came from a cluster. */
export function removeSubject(
  binding: KubeObject,
  subject: BindingSubject,
  breaks: string,
  risk: Fix['risk'] = 'traffic',
): Fix {
  const { kind, name, namespace } = binding.ref
  const text = `Take ${describeSubject(subject)} out of the subjects of ${kind} ${name}.`
  if (binding.source === 'manifest') {
    const edit = { file: binding.slice.file, object: binding.ref, op: 'remove', path: subject.path } as const
    return { text, edits: [edit], commands: [], risk, needs: [], breaks }
  }
  const where = namespace === '' ? '' : ` -n ${shellWord(namespace)}`
  const target = `${kind.toLowerCase()}${where} -- ${shellWord(name)}`
  const last = readBinding(binding).subjects.length === 1
  const command = last ? `kubectl delete ${target}` : patchCommand(binding, subject)
  return { text, edits: [], commands: [command], risk, needs: [], breaks }
}

/** The test before the removal makes the patch fail when the list has changed in between. */
function patchCommand(binding: KubeObject, subject: BindingSubject): string {
  const { kind, name, namespace } = binding.ref
  const where = namespace === '' ? '' : ` -n ${shellWord(namespace)}`
  const pointer = `/${subject.path.join('/')}`
  const patch = JSON.stringify([
    { op: 'test', path: `${pointer}/name`, value: subject.name },
    { op: 'remove', path: pointer },
  ])
  return `kubectl patch ${kind.toLowerCase()}${where} --type=json -p ${shellWord(patch)} -- ${shellWord(name)}`
}
