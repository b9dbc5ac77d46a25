import { posix } from 'node:path'
import {
  asString,
  field,
  known,
  unknown,
  valueAt,
  type Fact,
  type JsonPath,
  type JsonValue,
  type KubeObject,
  type Origin,
} from '../../model/index.js'
import { CONTAINER_HOST_CONFIG } from './container-files.js'
import { plainName } from './kept-fields.js'

/** A container of a Docker daemon, as `docker inspect` or the daemon's own files describe it. */
export interface DockerContainer {
  readonly object: KubeObject
  readonly id: string
  readonly name: string
  /** The image as it was asked for: `nginx:1.27`. */
  readonly image: string
  /** It was seen not to run; it starts with the same rights again. */
  readonly stopped: boolean
  /** Who manages it in place of Docker's user, in words; rows about Docker's containers are then not applicable. */
  readonly managedBy?: string
  /** The service of a Compose project that it was made for. */
  readonly compose?: { readonly project: string; readonly service: string }
  /** A field at its path in `docker inspect`; null where Docker leaves it out, unknown where its section was not seen. */
  fact(path: JsonPath): Fact
  /** The same without the question whether it was seen. */
  at(path: JsonPath): JsonValue | undefined
  origin(path: JsonPath): Origin
}

/** Labels of those that use containers as Kubernetes nodes: these are privileged by nature. */
const NODE_LABELS: Readonly<Record<string, string>> = {
  'io.x-k8s.kind.cluster': 'kind',
  'name.minikube.sigs.k8s.io': 'minikube',
  'k3d.cluster': 'k3d',
}

/** The questions that checks have of a container. */
export function dockerContainer(object: KubeObject): DockerContainer {
  const { content } = object
  const label = (key: string): string | undefined => asString(valueAt(content, ['Config', 'Labels', key]))
  const name = object.ref.name
  const status = asString(valueAt(content, ['State', 'Status']))
  const running = valueAt(content, ['State', 'Running'])
  const managedBy = managerOf(name, label)
  const project = label('com.docker.compose.project')
  const service = label('com.docker.compose.service')
  const origin = (path: JsonPath): Origin => originOf(object, path)
  return {
    object,
    id: asString(content.Id) ?? '',
    name: plainName(name),
    image: asString(valueAt(content, ['Config', 'Image'])) ?? '',
    stopped: running === false || (status !== undefined && /^(?:created|exited|dead)$/.test(status)),
    ...(managedBy === undefined ? {} : { managedBy }),
    ...(project === undefined || service === undefined ? {} : { compose: { project, service } }),
    at: (path) => valueAt(content, path),
    fact: (path) => factOf(object, path, origin),
    origin,
  }
}

function factOf(object: KubeObject, path: JsonPath, origin: (path: JsonPath) => Origin): Fact {
  const section = path[0]
  if (typeof section === 'string' && path.length > 1 && !isSeen(field(object.content, section))) {
    const detail = `\`${section}\` of container \`${object.ref.name}\` was not seen`
    return unknown('no-source', detail, origin([]))
  }
  return known(valueAt(object.content, path) ?? null, origin(path))
}

/** Docker writes every section; `null` stands in a file that was cut or made by hand. */
function isSeen(section: JsonValue | undefined): boolean {
  return section !== undefined && section !== null
}

/** A container of the daemon's files has its `HostConfig` in a file of its own. */
function originOf(object: KubeObject, path: JsonPath): Origin {
  if (object.host === undefined || path[0] !== 'HostConfig') return { kind: 'object', object, path }
  const file = posix.join(posix.dirname(object.slice.file), CONTAINER_HOST_CONFIG)
  return { kind: 'file', file, host: object.host, line: 1, path: path.slice(1) }
}

/**
 * The kubelet names its containers `k8s_...` and labels them; their settings come from the pod.
 * Source: kubernetes v1.23 pkg/kubelet/dockershim/naming.go; cri-dockerd libdocker uses the same.
 */
function managerOf(name: string, label: (key: string) => string | undefined): string | undefined {
  if (name.startsWith('k8s_') || label('io.kubernetes.pod.name') !== undefined) {
    return 'Kubernetes made this container: its settings are those of its pod'
  }
  for (const [key, tool] of Object.entries(NODE_LABELS)) {
    if (label(key) !== undefined)
      return `this container is a Kubernetes node of ${tool}: it needs these rights`
  }
  return undefined
}
