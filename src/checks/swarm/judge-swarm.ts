import { unknown, valueAt, type JsonPath, type JsonValue } from '../../model/index.js'
import type { FailOptions, ObjectSubject, Report } from '../define-check.js'

/** What is wrong with a value of the swarm, and what is seen. */
export interface SwarmFault extends FailOptions {
  readonly seen: string
}

/** Asks one value below `Swarm` of `docker info`. Only managers know the swarm; without one there is nothing to ask. */
export function judgeSwarm(
  { object }: ObjectSubject,
  report: Report,
  path: JsonPath,
  fault: (value: JsonValue) => SwarmFault | undefined,
): void {
  const origin = (steps: JsonPath) => ({ kind: 'object' as const, object, path: ['Swarm', ...steps] })
  const state = valueAt(object.content, ['Swarm', 'LocalNodeState'])
  if (state === undefined) {
    return report.unknown(unknown('no-source', '`docker info` says nothing of a swarm', origin([])))
  }
  if (state === 'inactive') return report.notApplicable('this daemon is in no swarm')
  const value = valueAt(object.content, ['Swarm', ...path])
  if (value === undefined) {
    const detail = 'only a manager of the swarm says this: read `docker info` of one'
    return report.unknown(unknown('no-source', detail, origin(['LocalNodeState'])))
  }
  const found = fault(value)
  if (found === undefined) return
  const { seen, ...options } = found
  report.fail({ origin: origin(path), message: seen }, options)
}
