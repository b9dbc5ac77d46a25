import { controllerOf, isMirrorPod, topOwner, type ObjectIndex } from '../../kube/index.js'
import { asString, identityOf, valueAt, type KubeObject, type ObjectRef } from '../../model/index.js'

/** Pods that run somewhere, as a cluster or snapshot gives them; finished ones are in nobody's way. */
export function livePods(index: ObjectIndex): KubeObject[] {
  return index
    .ofKind('', 'Pod')
    .filter(
      (pod) =>
        pod.source !== 'manifest' &&
        pod.source !== 'static-pod' &&
        !['Succeeded', 'Failed'].includes(asString(valueAt(pod.content, ['status', 'phase'])) ?? ''),
    )
}

/** The pods that a drain moves: neither those of DaemonSets nor those that a kubelet runs from files. */
export function movedPods(index: ObjectIndex): KubeObject[] {
  return livePods(index).filter((pod) => moves(pod))
}

export function moves(pod: KubeObject): boolean {
  const controller = controllerOf(pod)
  return !isMirrorPod(pod) && !(controller?.kind === 'DaemonSet' && controller.group === 'apps')
}

/** Pods by what makes them: the highest owner that was read, else the pod's own controller, else the pod itself. */
export function byOwner(
  index: ObjectIndex,
  pods: readonly KubeObject[],
): { readonly owner: ObjectRef; readonly pods: readonly KubeObject[] }[] {
  const found = new Map<string, { owner: ObjectRef; pods: KubeObject[] }>()
  for (const pod of pods) {
    const top = topOwner(pod, index)
    const owner = top.kind === 'self' ? pod.ref : top.kind === 'object' ? top.object.ref : top.ref
    const key = identityOf(owner)
    const group = found.get(key)
    if (group === undefined) found.set(key, { owner, pods: [pod] })
    else group.pods.push(pod)
  }
  return [...found.values()]
}

export function nodeOf(pod: KubeObject): string {
  return asString(valueAt(pod.content, ['spec', 'nodeName'])) ?? ''
}
