import {
  asList,
  asString,
  asStrings,
  field,
  valueAt,
  type JsonValue,
  type KubeObject,
} from '../model/index.js'
import type { ComponentSignature } from './component-signature.js'
import { COMPONENT_SIGNATURES } from './component-signatures.js'
import { imageName } from './image-repository.js'
import { controllerOf, isMirrorPod } from './owners.js'
import type { ViolationPlace } from './pod-security/index.js'
import { containersOf, type Container, type PodTemplate } from './pod-template.js'

/** A component of a cluster that needs rights on the node to do its work. */
export interface KnownComponent {
  readonly name: string
  /** Whether a container is one that its authors ship, not one that somebody put beside it. */
  owns(container: string): boolean
  /** Whether it cannot keep a Pod Security control at this place, as its authors mean it to run. */
  expects(control: string, place: ViolationPlace): boolean
  /** Whether its account holds a technique of escalation, as its authors mean it to run. */
  holds(technique: string): boolean
}

/**
 * The component that a workload is, when image, kind, namespace, command and mounts all say so. A container that
 * somebody put beside it, or a folder of the node that its work does not need, is not expected.
 */
export function knownComponent(
  object: KubeObject,
  template: PodTemplate,
  containers: readonly Container[],
): KnownComponent | undefined {
  const kind = kindOf(object, template)
  const signature = COMPONENT_SIGNATURES.find(
    (each) =>
      each.kind === kind &&
      each.namespace.test(object.ref.namespace) &&
      containers.some((container) => isOwn(each, container)) &&
      hasWord(each, containers) &&
      hasMount(each, template),
  )
  if (signature === undefined) return undefined
  return {
    name: signature.name,
    owns: (container) =>
      signature.anyContainer === true ||
      containers.some((each) => each.name === container && isOwn(signature, each)),
    holds: (technique) => signature.rights?.includes(technique) === true,
    expects: (control, place) =>
      signature.controls.includes(control) &&
      isOwnPlace(signature, containers, place) &&
      (control !== 'privileged' || mayBePrivileged(signature, containers, place)) &&
      (place.path[1] !== 'volumes' || isOwnVolume(signature, template, place)),
  }
}

/** How the pods come to be: `static`, or the kind of their controller, whether it was read or only named. */
function kindOf(object: KubeObject, template: PodTemplate): string {
  if (object.ref.kind !== 'Pod') {
    const groups = object.ref.kind === 'Job' ? ['batch'] : ['apps', 'extensions']
    return groups.includes(object.ref.group) ? object.ref.kind : ''
  }
  if (isStaticPod(object, template)) return 'static'
  const controller = controllerOf(object)?.kind ?? 'bare'
  return controller === 'ReplicaSet' ? 'Deployment' : controller
}

/**
 * Static pods of the control plane share the network of the node at the highest priorities. In a manifest that was
 * given without its host they are told by the labels that kubeadm writes.
 */
function isStaticPod(object: KubeObject, { spec, metadata }: PodTemplate): boolean {
  const isStatic =
    object.source === 'static-pod' ||
    isMirrorPod(object) ||
    (object.source === 'manifest' && valueAt(metadata, ['labels', 'tier']) === 'control-plane')
  return (
    isStatic &&
    spec.hostNetwork === true &&
    (spec.priorityClassName === undefined ||
      /^system-(?:node|cluster)-critical$/.test(textOf(spec.priorityClassName)))
  )
}

function isOwn(signature: ComponentSignature, container: Container): boolean {
  return signature.image.test(imageName(textOf(container.spec.image)).repository)
}

/** The command line of a container with another image says nothing of the component. */
function hasWord(signature: ComponentSignature, containers: readonly Container[]): boolean {
  const { word } = signature
  if (word === undefined) return true
  return containers.some(
    (container) =>
      isOwn(signature, container) &&
      [...asStrings(container.spec.command), ...asStrings(container.spec.args)].some((each) =>
        word.test(each),
      ),
  )
}

function hasMount({ mounts }: ComponentSignature, template: PodTemplate): boolean {
  if (mounts === undefined) return true
  return asList(template.spec.volumes).some((volume) =>
    mounts.test(textOf(valueAt(volume, ['hostPath', 'path']))),
  )
}

/** Places of the pod as a whole are the component's, those of a container when the container is. */
function isOwnPlace(
  signature: ComponentSignature,
  containers: readonly Container[],
  { container }: ViolationPlace,
): boolean {
  if (container === undefined || signature.anyContainer === true) return true
  return containers.some((each) => each.name === container && isOwn(signature, each))
}

function mayBePrivileged(
  signature: ComponentSignature,
  containers: readonly Container[],
  place: ViolationPlace,
): boolean {
  if (signature.privilegedToPropagate !== true) return true
  return containers.some(
    (each) =>
      each.name === place.container &&
      (isOwn(signature, each) ||
        asList(each.spec.volumeMounts).some((mount) => field(mount, 'mountPropagation') === 'Bidirectional')),
  )
}

function isOwnVolume(
  { hostPaths }: ComponentSignature,
  template: PodTemplate,
  place: ViolationPlace,
): boolean {
  const volume = valueAt(template, place.path.slice(0, 3))
  const path = textOf(field(field(volume, 'hostPath'), 'path'))
  if (hostPaths?.test(path) !== true || /\/\.\.(?:\/|$)|\.sock$/.test(path)) return false
  // None of them writes to the whole node.
  return path !== '/' || isMountedReadOnly(template, field(volume, 'name'))
}

/** Whether every container that mounts a volume mounts it read-only. */
export function isMountedReadOnly(template: PodTemplate, volume: JsonValue | undefined): boolean {
  return containersOf(template)
    .flatMap((container) => asList(container.spec.volumeMounts))
    .filter((mount) => field(mount, 'name') === volume)
    .every((mount) => field(mount, 'readOnly') === true)
}

function textOf(value: unknown): string {
  return asString(value) ?? ''
}
