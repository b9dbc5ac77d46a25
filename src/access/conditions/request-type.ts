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
const FIELD_SELECTOR = selector('kubernetes.FieldSelectorAttributes')
const LABEL_SELECTOR = selector('kubernetes.LabelSelectorAttributes')

const RESOURCE_ATTRIBUTES = objectOf('kubernetes.ResourceAttributes', {
  namespace: STRING,
  verb: STRING,
  group: STRING,
  version: STRING,
  resource: STRING,
  subresource: STRING,
  name: STRING,
  fieldSelector: FIELD_SELECTOR,
  labelSelector: LABEL_SELECTOR,
})

const NON_RESOURCE_ATTRIBUTES = objectOf('kubernetes.NonResourceAttributes', { path: STRING, verb: STRING })

/** The type of `request`. Source: kubernetes v1.36.2 apiserver pkg/authorization/cel/compile.go, buildRequestType. */
const REQUEST = objectOf('kubernetes.SubjectAccessReviewSpec', {
  resourceAttributes: RESOURCE_ATTRIBUTES,
  nonResourceAttributes: NON_RESOURCE_ATTRIBUTES,
  user: STRING,
  groups: listOf(STRING),
  extra: mapOf(STRING, listOf(STRING)),
  uid: STRING,
})

const OBJECTS = [
  REQUEST,
  RESOURCE_ATTRIBUTES,
  NON_RESOURCE_ATTRIBUTES,
  FIELD_SELECTOR,
  LABEL_SELECTOR,
  REQUIREMENT,
]

let made: CelEnvironment | undefined

/** What expressions about a request may use. */
export function requestEnvironment(): CelEnvironment {
  return (made ??= kubernetesEnvironment({ request: REQUEST }, OBJECTS))
}
