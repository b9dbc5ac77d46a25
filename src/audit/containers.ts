import type { ContainerSubject, DockerClientSubject } from '../checks/index.js'
import { DOCKER_GROUP, dockerClientsOf, dockerContainer } from '../docker/index.js'
import { dockerdsOf } from '../effective/index.js'
import type { ObjectIndex } from '../kube/index.js'
import { asString, type Estate, type KubeObject, type Target } from '../model/index.js'

/**
 * The containers of Docker daemons. One that was read twice, from `docker inspect` and from the daemon's own files, is
 * one: what the daemon itself said counts.
 */
export function containersOf(
  estate: Estate,
  index: ObjectIndex,
): { readonly subject: ContainerSubject; readonly target: Target }[] {
  const objects = index.ofKind(DOCKER_GROUP, 'Container')
  if (objects.length === 0) return []
  const daemons = new Map(index.ofKind(DOCKER_GROUP, 'Info').map((info) => [info.ref.namespace, info]))
  const dockerds = new Map(dockerdsOf(estate).map((view) => [view.host, view]))
  const inspected = new Set(objects.filter(({ host }) => host === undefined).map(idOf))
  return objects
    .filter((object) => object.host === undefined || !inspected.has(idOf(object)))
    .map((object) => {
      const { namespace } = object.ref
      const daemon = namespace === '' ? undefined : daemons.get(namespace)
      const dockerd = namespace === '' ? undefined : dockerds.get(namespace)
      const subject: ContainerSubject = {
        container: dockerContainer(object),
        estate,
        ...(daemon === undefined ? {} : { daemon }),
        ...(dockerd === undefined ? {} : { dockerd }),
      }
      return { subject, target: { kind: 'object', object: object.ref } }
    })
}

/** Docker's command line of each user of each host that has files of it, and what hosts set for everybody. */
export function dockerClientSubjects(
  estate: Estate,
): { readonly subject: DockerClientSubject; readonly target: Target }[] {
  return estate.hosts.flatMap((host) =>
    dockerClientsOf(host).map((client) => ({
      subject: { client, estate },
      target: { kind: 'component' as const, component: `docker client of ${client.user}`, host: host.name },
    })),
  )
}

function idOf(object: KubeObject): string {
  return asString(object.content.Id) ?? ''
}
