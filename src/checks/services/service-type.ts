import { unknown, valueAt } from '../../model/index.js'
import type { ObjectSubject, Report } from '../define-check.js'

/** The type of a Service, ClusterIP where none is set; undefined, and said to be unknown, where it is no text. */
export function serviceType({ object }: ObjectSubject, report: Report): string | undefined {
  const path = ['spec', 'type']
  const type = valueAt(object.content, path) ?? 'ClusterIP'
  if (typeof type === 'string') return type
  report.unknown(
    unknown('unparsable', 'the type of the Service is no text', { kind: 'object', object, path }),
  )
  return undefined
}
