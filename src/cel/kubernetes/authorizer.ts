import { memberOverload, type CelFunction } from '../functions.js'
import { BOOL, objectOf, STRING, type CelType } from '../types.js'
import { CelError } from '../values.js'

const named = (name: string): CelType => objectOf(`kubernetes.authorization.${name}`, {})
const AUTHORIZER = named('Authorizer')
const PATH_CHECK = named('PathCheck')
const GROUP_CHECK = named('GroupCheck')
const RESOURCE_CHECK = named('ResourceCheck')
const DECISION = named('Decision')

type Form = readonly [id: string, of: CelType, more: number, result: CelType]

/** No condition about a request has an authorizer, so a call can only fail; but it compiles where types are not known. */
function never(name: string, ...forms: readonly Form[]): CelFunction {
  return {
    name,
    overloads: forms.map(([id, of, more, result]) =>
      memberOverload(
        id,
        [of, ...Array<CelType>(more).fill(STRING)],
        result,
        () => new CelError('no such overload'),
      ),
    ),
  }
}

/** Source: kubernetes v1.36.2 apiserver pkg/cel/library/authz.go. */
export const AUTHORIZERS: readonly CelFunction[] = [
  never('path', ['authorizer_path', AUTHORIZER, 1, PATH_CHECK]),
  never('group', ['authorizer_group', AUTHORIZER, 1, GROUP_CHECK]),
  never('serviceAccount', ['authorizer_serviceaccount', AUTHORIZER, 2, AUTHORIZER]),
  never('resource', ['groupcheck_resource', GROUP_CHECK, 1, RESOURCE_CHECK]),
  never('subresource', ['resourcecheck_subresource', RESOURCE_CHECK, 1, RESOURCE_CHECK]),
  never('namespace', ['resourcecheck_namespace', RESOURCE_CHECK, 1, RESOURCE_CHECK]),
  never('name', ['resourcecheck_name', RESOURCE_CHECK, 1, RESOURCE_CHECK]),
  never(
    'check',
    ['pathcheck_check', PATH_CHECK, 1, DECISION],
    ['resourcecheck_check', RESOURCE_CHECK, 1, DECISION],
  ),
  never('errored', ['decision_errored', DECISION, 0, BOOL]),
  never('error', ['decision_error', DECISION, 0, STRING]),
  never('allowed', ['decision_allowed', DECISION, 0, BOOL]),
  never('reason', ['decision_reason', DECISION, 0, STRING]),
  never('fieldSelector', ['authorizer_fieldselector', RESOURCE_CHECK, 1, RESOURCE_CHECK]),
  never('labelSelector', ['authorizer_labelselector', RESOURCE_CHECK, 1, RESOURCE_CHECK]),
]
