import { imageReference, type ObjectIndex } from '../../kube/index.js'
import { asList, asString, field, formatRef, valueAt, type KubeObject } from '../../model/index.js'
import { parseKubeVersion } from '../kube-version.js'
import type { EtcdMember, InstalledComponent, VersionedComponent } from './cluster-inventory.js'

const BY_IMAGE: readonly (readonly [form: RegExp, component: VersionedComponent])[] = [
  [/(?:^|\/)kube-apiserver(?:-(?:amd64|arm64))?$/, 'kube-apiserver'],
  [/(?:^|\/)kube-controller-manager(?:-(?:amd64|arm64))?$/, 'kube-controller-manager'],
  [/(?:^|\/)kube-scheduler(?:-(?:amd64|arm64))?$/, 'kube-scheduler'],
  [/(?:^|\/)kube-proxy(?:-(?:amd64|arm64))?$/, 'kube-proxy'],
  // Cloud controllers whose versions follow those of Kubernetes; others count for themselves and are not judged.
  [/(?:^|\/)provider-(?:aws|gcp)\/cloud-controller-manager$/, 'cloud-controller-manager'],
  [/(?:^|\/)openstack-cloud-controller-manager$/, 'cloud-controller-manager'],
  [/(?:^|\/)azure-cloud-controller-manager$/, 'cloud-controller-manager'],
  [/(?:^|\/)cloud-provider-vsphere$/, 'cloud-controller-manager'],
]

/** Components that run as pods of kube-system, on their nodes; their versions are the tags of their images. */
export function componentsInPods(index: ObjectIndex): {
  readonly components: readonly InstalledComponent[]
  readonly etcd: readonly EtcdMember[]
} {
  const components: InstalledComponent[] = []
  const etcd: EtcdMember[] = []
  for (const object of index.ofKind('', 'Pod')) {
    const node = nodeOf(object)
    if (object.ref.namespace !== 'kube-system' || node === '' || isOver(object)) continue
    for (const container of asList(valueAt(object.content, ['spec', 'containers']))) {
      const { repository, tag = '' } = imageReference(asString(field(container, 'image')) ?? '')
      const seen = `${formatRef(object.ref)}, image tag`
      const component = BY_IMAGE.find(([form]) => form.test(repository))?.[1]
      if (component !== undefined) {
        const version = parseKubeVersion(tag)
        components.push({ component, node, text: tag, seen, ...(version === undefined ? {} : { version }) })
      } else if (/(?:^|\/)etcd$/.test(repository)) {
        const version = etcdVersion(tag)
        etcd.push({ node, text: tag, seen, ...(version === undefined ? {} : { version }) })
      }
    }
  }
  return { components, etcd }
}

/** Numbers of an etcd version: `3.5.24-0` is a build of 3.5.24. */
export function etcdVersion(text: string): readonly [number, number, number] | undefined {
  const found = /^v?(\d{1,3})\.(\d{1,3})\.(\d{1,4})(?:-.*)?$/.exec(text)
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])]
}

/** A static pod of a host runs there; mirror pods and all others say where. */
function nodeOf(object: KubeObject): string {
  return object.host ?? asString(valueAt(object.content, ['spec', 'nodeName'])) ?? ''
}

function isOver({ content }: KubeObject): boolean {
  const phase = asString(valueAt(content, ['status', 'phase']))
  return phase === 'Succeeded' || phase === 'Failed'
}
