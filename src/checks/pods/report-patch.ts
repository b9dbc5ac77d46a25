import { formatPath, unknown, type JsonPath } from '../../model/index.js'
import type { Report, WorkloadSubject } from '../define-check.js'

/** A patch of the pod that only a controller can work out may undo whatever was read. */
export function reportPatch({ object }: WorkloadSubject, report: Report, path: JsonPath): void {
  const detail = `\`${formatPath(path)}\` may change the pod in ways that are not read`
  report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
}
