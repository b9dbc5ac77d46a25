import { isObject, type Edit, type JsonPath } from '../../model/index.js'
import { applyEdits } from '../edit/index.js'
import { PATCHES } from './lasting-place.js'

/**
 * The file of a static pod's patch: `target[suffix][+patchtype].extension`, applied by the order of suffixes. 0 is that of
 * `rampart kubeadm config`.
 * Source: kubernetes v1.36.3 cmd/kubeadm/app/util/patches/patches.go, parseFilename.
 */
export function patchFile(component: string): string {
  return `${PATCHES}/${component}1+strategic.yaml`
}

/**
 * Edits of a static pod's manifest as a strategic patch of it; undefined where one of them is none that such a patch says
 * for sure. Containers are merged by name, and kubeadm names the only one as the component; other lists may be merged or
 * replaced, so that an edit that goes through one, or writes objects into one, is left to people.
 */
export function staticPodPatch(component: string, edits: readonly Edit[]): string | undefined {
  const blank = `apiVersion: v1
kind: Pod
metadata:
  name: ${component}
  namespace: kube-system
`
  const own: Edit[] = []
  for (const edit of edits) {
    if (edit.op !== 'set' && edit.op !== 'remove') return undefined
    if (!isSaid(edit.path) || (Array.isArray(edit.value) && edit.value.some(isObject))) return undefined
    // A key without a value is taken out. Source: apimachinery v0.36.3 pkg/util/strategicpatch/patch.go, mergeMap.
    own.push({
      ...edit,
      op: 'set',
      file: patchFile(component),
      value: edit.op === 'set' ? (edit.value ?? null) : null,
    })
  }
  const named = own.some(({ path }) => path[1] === 'containers')
  const text = named ? `${blank}spec:\n  containers:\n    - name: ${component}\n` : blank
  const { text: patch, refused } = applyEdits(text, own)
  return refused.length === 0 ? patch : undefined
}

function isSaid(path: JsonPath): boolean {
  const [first, list, index, ...rest] = path
  const throughContainer = first === 'spec' && list === 'containers' && index === 0 && rest.length > 0
  return (throughContainer ? rest : path).every((step) => typeof step === 'string')
}
