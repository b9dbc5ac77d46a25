import { field, unknown, type JsonPath, type Unknown } from '../../model/index.js'
import { isMirrorPod, pathInObject } from '../../kube/index.js'
import type { WorkloadSubject } from '../define-check.js'

export type AccountOfTemplate =
  | { readonly state: 'none' }
  | { readonly state: 'named'; readonly name: string; readonly path: JsonPath; readonly explicit: boolean }
  | { readonly state: 'unknown'; readonly unknown: Unknown }

/**
 * The service account that a pod runs under: serviceAccountName, else the deprecated serviceAccount, else `default`.
 * Static pods have none.
 * Source: kubernetes v1.36.2 plugin/pkg/admission/serviceaccount/admission.go, Admit.
 */
export function accountOfTemplate({ object, template }: WorkloadSubject): AccountOfTemplate {
  if (object.source === 'static-pod' || isMirrorPod(object)) return { state: 'none' }
  for (const key of ['serviceAccountName', 'serviceAccount']) {
    const given = field(template.spec, key)
    if (given === undefined || given === null || given === '') continue
    const path = pathInObject(template, ['spec', key])
    if (typeof given === 'string') return { state: 'named', name: given, path, explicit: true }
    const detail = `\`${key}\` is not a text`
    return { state: 'unknown', unknown: unknown('unparsable', detail, { kind: 'object', object, path }) }
  }
  return { state: 'named', name: 'default', path: template.specPath, explicit: false }
}
