import {
  consoleOf,
  exposuresOf,
  type ConsoleId,
  type Container,
  type Exposure,
  type WebConsole,
} from '../../kube/index.js'
import { field } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'

export interface ConsoleContainer {
  readonly container: Container
  readonly console: WebConsole
}

/** The containers of a workload that serve a web console; of one kind, where it is named. */
export function consolesIn({ containers }: WorkloadSubject, id?: ConsoleId): ConsoleContainer[] {
  return containers.flatMap((container) => {
    if (container.kind === 'ephemeral') return []
    const console = consoleOf(container)
    return console === undefined || (id !== undefined && console.id !== id) ? [] : [{ container, console }]
  })
}

/** The ways from outside of the cluster to the pods of a workload. */
export function waysTo({ object, template, index }: WorkloadSubject): Exposure[] {
  return exposuresOf(index, object.ref.namespace, field(template.metadata, 'labels'))
}
