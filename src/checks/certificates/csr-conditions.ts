import { asList, asString, field, valueAt, type KubeObject } from '../../model/index.js'

/** Conditions of a certificate signing request that are true: Approved, Denied, Failed. */
export function conditionsOf(object: KubeObject): ReadonlySet<string> {
  return new Set(
    asList(valueAt(object.content, ['status', 'conditions'])).flatMap((condition) => {
      const type = asString(field(condition, 'type'))
      // Before v1 a condition had no status. Source: kubernetes v1.18 certificates/v1beta1.
      const status = asString(field(condition, 'status')) ?? 'True'
      return type === undefined || status !== 'True' ? [] : [type]
    }),
  )
}
