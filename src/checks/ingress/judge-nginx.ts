import { nginxController, type NginxController } from '../../kube/index.js'
import type { WorkloadSubject } from '../define-check.js'

/** The ingress-nginx controllers among the containers of a workload. */
export function nginxIn({ object, template, containers }: WorkloadSubject): NginxController[] {
  return containers.flatMap((container) => nginxController(object, template, container) ?? [])
}

/** Where the image of a controller stands. */
export function imageOrigin({ object, container }: NginxController) {
  return { kind: 'object', object, path: [...container.path, 'image'] } as const
}
