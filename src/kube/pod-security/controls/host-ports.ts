import { asList, field } from '../../../model/index.js'
import type { Control } from '../control.js'
import { containerNames, containersIn, distinct, plural } from '../in-words.js'

/** Source: policy/check_hostPorts.go. */
export const hostPorts: Control = {
  id: 'hostPorts',
  level: 'baseline',
  describe(places) {
    const ports = distinct(places)
    const verb = plural(containersIn(places).length, 'uses', 'use')
    return `hostPort (${containerNames(places)} ${verb} ${plural(ports.length, 'hostPort')} ${ports.join(', ')})`
  },
  versions: [
    {
      from: 0,
      evaluate: (pod) =>
        pod.containers.flatMap((container) =>
          asList(container.spec.ports).flatMap((port, index) => {
            const hostPort = field(port, 'hostPort')
            if (typeof hostPort !== 'number' || hostPort === 0) return []
            const path = [...container.path, 'ports', index, 'hostPort']
            return [{ path, container: container.name, value: hostPort }]
          }),
        ),
    },
  ],
}
