import { posix } from 'node:path'
import { field, type HostFile } from '../model/index.js'
import { mountedPath } from '../kube/index.js'
import type { ComponentStart } from './component-start.js'

/** The host's file behind a path that a component is given: through its pod's mounts where a pod runs it. */
export function referencedFile(start: ComponentStart, path: string): HostFile | undefined {
  const { machine, runBy, command } = start
  if (machine === undefined) return undefined
  const absolute = posix.resolve(command?.workingDirectory ?? '/', path)
  if (runBy === undefined) return machine.files.get(absolute)
  const outside = mountedPath(field(runBy.object.content, 'spec'), runBy.container, absolute)
  return outside === undefined ? undefined : machine.files.get(outside)
}
