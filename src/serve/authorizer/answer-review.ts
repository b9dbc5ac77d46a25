import { attributesOfSpec, type Attributes, type Decision } from '../../access/index.js'
import { asObject, field, isObject } from '../../model/index.js'

/** A review that was asked, or why it is none. */
export type ReadReview =
  | {
      readonly ok: true
      readonly apiVersion: string
      readonly attributes: Attributes
    }
  | { readonly ok: false; readonly message: string }

const VERSIONS: Readonly<Record<string, 'groups' | 'group'>> = {
  'authorization.k8s.io/v1': 'groups',
  'authorization.k8s.io/v1beta1': 'group',
}

/** Reads a SubjectAccessReview v1 or v1beta1, which differ in the name of the groups. */
export function readReview(text: string): ReadReview {
  let review: unknown
  try {
    review = JSON.parse(text)
  } catch {
    return { ok: false, message: 'the body is not JSON' }
  }
  if (!isObject(review) || review.kind !== 'SubjectAccessReview') {
    return { ok: false, message: 'the body is no SubjectAccessReview' }
  }
  const apiVersion = typeof review.apiVersion === 'string' ? review.apiVersion : ''
  const groups = Object.hasOwn(VERSIONS, apiVersion) ? VERSIONS[apiVersion] : undefined
  if (groups === undefined)
    return { ok: false, message: 'apiVersion is neither authorization.k8s.io/v1 nor v1beta1' }
  const spec = asObject(field(review, 'spec'))
  if (isObject(field(spec, 'resourceAttributes')) === isObject(field(spec, 'nonResourceAttributes'))) {
    return { ok: false, message: 'the spec needs resourceAttributes or nonResourceAttributes, and not both' }
  }
  const given = groups === 'groups' ? spec : { ...spec, groups: field(spec, 'group') }
  return { ok: true, apiVersion, attributes: attributesOfSpec(given) }
}

/** The answer to a review, in its version. The question is not sent back: the API server reads the status alone. */
export function reviewAnswer(apiVersion: string, { verdict, reason, error }: Decision): string {
  const denied = verdict === 'deny' ? ',"denied":true' : ''
  const told = reason === '' ? '' : `,"reason":${JSON.stringify(reason)}`
  const failed = error === undefined ? '' : `,"evaluationError":${JSON.stringify(error)}`
  const status = `{"allowed":${verdict === 'allow'}${denied}${told}${failed}}`
  // The version is one of two that were compared with; the rest is put together faster than a whole object is printed.
  return `{"apiVersion":"${apiVersion}","kind":"SubjectAccessReview","status":${status}}`
}
