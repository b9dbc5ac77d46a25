import { asList, asObject, asString, type KubeObject } from '../../model/index.js'

/** An image that a component of the control plane runs from. */
export interface FoundImage {
  /** `kube-system/kube-apiserver-cp-1, container kube-apiserver`. */
  readonly usedBy: string
  /** As the pod names it. */
  readonly image: string
  readonly repository: string
  readonly tag?: string
  /** `sha256:...`, where the pod or the runtime says it. */
  readonly digest?: string
}

const COMPONENTS =
  /(?:^|\/)(?:kube-(?:apiserver|controller-manager|scheduler|proxy)|etcd)(?:-(?:amd64|arm64|ppc64le|s390x))?$/

/** Images of Kubernetes' own components among pods: static pods of hosts, and pods of a cluster. */
export function findImages(objects: readonly KubeObject[]): FoundImage[] {
  const found = new Map<string, FoundImage>()
  for (const { ref, content } of objects) {
    if (ref.kind !== 'Pod' || ref.group !== '') continue
    const { spec, status } = asObject(content)
    const running = new Map(
      asList(asObject(status).containerStatuses).map((each) => {
        const { name, imageID } = asObject(each)
        return [asString(name), asString(imageID) ?? ''] as const
      }),
    )
    for (const container of asList(asObject(spec).containers).map(asObject)) {
      const name = asString(container.name) ?? ''
      const image = asString(container.image) ?? ''
      const parts = partsOf(image)
      if (parts === undefined || !COMPONENTS.test(parts.repository)) continue
      // What the runtime runs is more than what the pod asked for.
      const digest = /@(sha256:[0-9a-f]{64})$/.exec(running.get(name) ?? '')?.[1] ?? parts.digest
      const usedBy = `${ref.namespace ?? ''}/${ref.name}, container ${name}`
      found.set(usedBy, { ...parts, usedBy, image, ...(digest === undefined ? {} : { digest }) })
    }
  }
  return [...found.values()].sort((left, right) => (left.usedBy < right.usedBy ? -1 : 1))
}

function partsOf(image: string): Pick<FoundImage, 'repository' | 'tag' | 'digest'> | undefined {
  const [, repository, tag, digest] =
    /^([\w.-]{1,200}(?::\d{1,5})?(?:\/[\w.-]{1,200}){0,10}?)(?::([\w.-]{1,128}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
      image,
    ) ?? []
  if (repository === undefined) return undefined
  return {
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  }
}
