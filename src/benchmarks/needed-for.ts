import type { AnyCheck, Subjects } from '../checks/index.js'

const CONTROL_PLANE =
  'its flags: the root of a control-plane host (--host-root), or an export with its static pods'
const OBJECTS = 'the objects: manifests, an export or a running cluster'

const SETTINGS = 'its settings: the root of a host that runs it (--host-root)'

/** What must be read before a check has anything to judge; of components that are not named here their settings. */
const NEEDED: Readonly<Partial<Record<keyof Subjects, string>>> = {
  kubelet: "the kubelet's settings: the root of a node (--host-root), or a running cluster (--context)",
  dockerd: "the daemon's settings: the root of a Docker host (--host-root)",
  apiserver: CONTROL_PLANE,
  'controller-manager': CONTROL_PLANE,
  scheduler: CONTROL_PLANE,
  workload: OBJECTS,
  object: OBJECTS,
  estate: OBJECTS,
  host: 'files with their modes: the root of the host (--host-root)',
  container: 'the containers: the output of `docker inspect`',
}

const DOCKER_EXPORTS =
  'what Docker tells: the output of `docker info --format json` and `docker network inspect`'

type Asked = Pick<AnyCheck, 'appliesTo' | 'kinds'>

/** What is needed for these checks, each thing once. */
export function neededFor(checks: readonly Asked[]): string {
  return [...new Set(checks.map(needed))].join('; or ')
}

/** Whether a check looks at objects of the cluster alone, so that a whole cluster without any leaves nothing open. */
export function isAboutObjects(check: Asked): boolean {
  return needed(check) === OBJECTS
}

/** Objects of Docker's own exports are of the group `docker`; the others are of the cluster. */
function needed({ appliesTo, kinds = [] }: Asked): string {
  if (kinds.length > 0 && kinds.every((kind) => kind.endsWith('.docker'))) return DOCKER_EXPORTS
  return NEEDED[appliesTo] ?? SETTINGS
}
