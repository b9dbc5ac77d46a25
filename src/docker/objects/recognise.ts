import {
  asString,
  field,
  isObject,
  type JsonObject,
  type KubeObject,
  type ObjectRef,
} from '../../model/index.js'
import { keep, KEPT, plainName } from './kept-fields.js'

/** The group of what a Docker daemon's API gives; Kubernetes has no group without a dot but its own few. */
export const DOCKER_GROUP = 'docker'

export type DockerKind = keyof typeof KEPT

/** An object of Docker's API: what names it, and the part of it that is kept. */
export interface DockerContent {
  readonly ref: ObjectRef
  readonly content: JsonObject
}

/**
 * A document that `docker inspect`, `docker network inspect`, `docker service inspect` or `docker info` printed, known
 * by its shape; undefined for all others, also for what Podman prints (it has no daemon).
 * Source: moby v28.3.3 api/types/container/container.go (InspectResponse), api/types/system/info.go (Info),
 * api/types/network/network.go (Inspect), api/types/swarm/service.go (Service).
 */
export function recogniseDocker(content: JsonObject): DockerContent | undefined {
  const kind = kindOf(content)
  if (kind === undefined) return undefined
  const kept = keep(content, KEPT[kind])
  return isObject(kept) ? { ref: dockerRef(kind, nameOf(kind, content)), content: kept } : undefined
}

/** What names an object of a daemon; the namespace is the daemon's own name, empty where it is not known. */
export function dockerRef(kind: DockerKind, name: string, daemon = ''): ObjectRef {
  return { group: DOCKER_GROUP, version: 'v1', kind, namespace: daemon, name }
}

/** Objects that came with the daemon's own `docker info` in one file belong to it: they get its name. */
export function withDaemonName(objects: readonly KubeObject[]): KubeObject[] {
  const daemons = objects.filter(({ ref }) => ref.group === DOCKER_GROUP && ref.kind === 'Info')
  const names = new Set(daemons.map(({ ref }) => ref.name))
  const [name] = names
  if (name === undefined || names.size > 1) return [...objects]
  return objects.map((object) =>
    object.ref.group === DOCKER_GROUP ? { ...object, ref: { ...object.ref, namespace: name } } : object,
  )
}

function kindOf(content: JsonObject): DockerKind | undefined {
  if (Object.hasOwn(content, 'apiVersion')) return undefined
  const text = (key: string): boolean => typeof field(content, key) === 'string'
  const mapping = (key: string): boolean => isObject(field(content, key))
  if (text('Id') && text('Name') && mapping('HostConfig') && mapping('Config')) {
    return Object.hasOwn(content, 'OCIRuntime') || Object.hasOwn(content, 'BoundingCaps')
      ? undefined
      : 'Container'
  }
  if (text('ServerVersion') && text('DockerRootDir') && text('Name')) return 'Info'
  if (text('Name') && text('Id') && text('Scope') && text('Driver') && mapping('IPAM')) return 'Network'
  if (text('ID') && isObject(field(field(content, 'Spec'), 'TaskTemplate'))) return 'Service'
  return undefined
}

function nameOf(kind: DockerKind, content: JsonObject): string {
  if (kind === 'Service') return asString(field(field(content, 'Spec'), 'Name')) ?? ''
  const name = plainName(field(content, 'Name'))
  return name === '' ? (asString(field(content, 'Id')) ?? '') : name
}
