import { ADMISSION_GROUP, type ObjectIndex } from '../../kube/index.js'
import { asString, field, isObject, unknown, valueAt, type JsonValue } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { objectOf } from './example-webhook.js'
import { policyNameOf } from './policies.js'

export const admissionVapParamMissing = defineCheck({
  id: 'admission-vap-param-missing',
  title: 'The parameters of a bound admission policy are not there',
  severity: 'medium',
  because: 'requests pass unjudged (parameterNotFoundAction Allow) or are all refused (Deny)',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io'],
  why: 'A policy with a paramKind is judged once for each object of parameters that its binding names. A binding that names none, or one that does not exist, does not do what it says.',
  references: [
    kubernetesDocs('reference/access-authn-authz/validating-admission-policy/#parameter-resources'),
  ],
  evaluate({ object, index }, report) {
    const policy = index.get(ADMISSION_GROUP, 'ValidatingAdmissionPolicy', '', policyNameOf(object) ?? '')
    const paramKind = valueAt(policy?.content, ['spec', 'paramKind'])
    // Where the policy asks for none, or was not read, nothing is missing that is known of.
    if (!isObject(paramKind)) return
    const path = ['spec', 'paramRef']
    const reference = valueAt(object.content, path)
    const origin = { kind: 'object', object, path } as const
    if (reference !== undefined && reference !== null && !isObject(reference)) {
      return report.unknown(unknown('unparsable', '`paramRef` is not a mapping', origin))
    }
    const kind = asString(field(paramKind, 'kind')) ?? ''
    const name = asString(field(reference, 'name'))
    const state = isObject(reference) ? stateOf(index, paramKind, reference) : 'absent'
    if (state === 'present') return
    const what = isObject(reference) ? `${kind} ${name ?? ''}` : `a ${kind}: there is no paramRef`
    if (state === 'not-known') {
      const detail = `${what} was not read: whether the parameters are there is not known`
      return report.unknown(unknown('no-source', detail, origin))
    }
    const action = asString(field(reference, 'parameterNotFoundAction'))
    report.fail(
      { origin, message: `it needs ${what}` },
      {
        message: `its policy needs ${what}${isObject(reference) ? ', which does not exist' : ''}${action === undefined ? '' : ` (parameterNotFoundAction ${action})`}`,
        fix: advice(`Create the ${kind}, or name one that exists in paramRef.`, {
          breaks: 'requests that the policy then refuses',
        }),
      },
    )
  },
  examples: {
    bad: { manifests: `${policy()}${binding(undefined)}` },
    good: {
      manifests: `${policy()}${binding({ name: 'limits', namespace: 'shop' })}${objectOf('v1', 'ConfigMap', 'limits', {}, 'shop')}`,
    },
  },
})

function policy(): string {
  return objectOf(`${ADMISSION_GROUP}/v1`, 'ValidatingAdmissionPolicy', 'p', {
    spec: { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } },
  })
}

function binding(paramRef: object | undefined): string {
  return objectOf(`${ADMISSION_GROUP}/v1`, 'ValidatingAdmissionPolicyBinding', 'b', {
    spec: { policyName: 'p', ...(paramRef === undefined ? {} : { paramRef }) },
  })
}

function stateOf(
  index: ObjectIndex,
  paramKind: JsonValue,
  reference: JsonValue,
): 'present' | 'absent' | 'not-known' {
  const apiVersion = asString(field(paramKind, 'apiVersion')) ?? ''
  const group = apiVersion.includes('/') ? (apiVersion.split('/', 1)[0] ?? '') : ''
  const kind = asString(field(paramKind, 'kind')) ?? ''
  const name = asString(field(reference, 'name'))
  // A selector, or the namespace of the request, may find different objects for each request.
  if (name === undefined) return 'present'
  const namespace = asString(field(reference, 'namespace'))
  const found = index
    .ofKind(group, kind)
    .some(({ ref }) => ref.name === name && (namespace === undefined || ref.namespace === namespace))
  if (found) return 'present'
  return index.holdsAll(group, kind) ? 'absent' : 'not-known'
}
