import {
  kubernetesEnvironment,
  listOf,
  mapOf,
  objectOf,
  STRING,
  type CelEnvironment,
} from '../../cel/index.js'

const REQUIREMENT = objectOf('kubernetes.SelectorRequirement', {
  key: STRING,
  operator: STRING,
  values: listOf(STRING),
})
const selector = (name: string) => objectOf(name, { rawSelector: STRING, requirements: listOf(REQUIREMENT) })

const RESOURCE_ATTRIBUTES = objectOf('kubernetes.ResourceAttributes', {
  namespace: STRING,
  verb: STRING,
  group: STRING,
  version: STRING,
  resource: STRING,
  subresource: STRING,
  name: STRING,
  fieldSelector: selector('kubernetes.FieldSelectorAttributes'),
  labelSelector: selector('kubernetes.LabelSelectorAttributes'),
})

/** The type of `request`. Source: kubernetes v1.36.2 apiserver pkg/authorization/cel/compile.go, buildRequestType. */
const REQUEST = objectOf('kubernetes.SubjectAccessReviewSpec', {
  resourceAttributes: RESOURCE_ATTRIBUTES,
  nonResourceAttributes: objectOf('kubernetes.NonResourceAttributes', { path: STRING, verb: STRING }),
  user: STRING,
  groups: listOf(STRING),
  extra: mapOf(STRING, listOf(STRING)),
  uid: STRING,
})

let made: CelEnvironment | undefined

/** What expressions about a request may use. */
export function requestEnvironment(): CelEnvironment {
  return (made ??= kubernetesEnvironment({ request: REQUEST }))
}
