import { field, type JsonPath } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'

/** Where a container's image is something other than a text, so that nothing can be told about what it runs. */
export function malformedImages({ containers }: WorkloadSubject): JsonPath[] {
  return containers.flatMap((container) => {
    const image = field(container.spec, 'image')
    return image === undefined || image === null || typeof image === 'string'
      ? []
      : [[...container.path, 'image']]
  })
}
