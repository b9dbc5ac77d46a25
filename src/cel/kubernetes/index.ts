import type { CelEnvironment } from '../environment.js'
import { standardEnvironment } from '../standard.js'
import type { CelType, ObjectType } from '../types.js'
import { AUTHORIZERS } from './authorizer.js'
import { kubernetesCallCost } from './call-cost.js'
import { CIDRS } from './cidr.js'
import { IPS } from './ip.js'
import { KUBERNETES_LISTS } from './lists.js'
import { NAMED_FORMATS } from './named-format.js'
import { QUANTITIES } from './quantity.js'
import { matchPattern, REGULAR_EXPRESSIONS } from './regular-expression.js'
import { SEMANTIC_VERSIONS } from './semantic-version.js'
import { URLS } from './url.js'
import { validateLiterals } from './validate-literals.js'

/** What one call may cost. Source: kubernetes v1.36.2 apiserver pkg/apis/cel/config.go, PerCallLimit. */
export const PER_CALL_LIMIT = 1_000_000

/**
 * The environment of Kubernetes for some variables. Objects of some types may be written too, but none can be made.
 * Source: kubernetes v1.36.2 apiserver pkg/cel/environment/base.go.
 */
export function kubernetesEnvironment(
  variables: Readonly<Record<string, CelType>>,
  objects: readonly ObjectType[] = [],
): CelEnvironment {
  const libraries = [
    URLS,
    REGULAR_EXPRESSIONS,
    KUBERNETES_LISTS,
    QUANTITIES,
    IPS,
    CIDRS,
    NAMED_FORMATS,
    SEMANTIC_VERSIONS,
    AUTHORIZERS,
  ]
  const standard = standardEnvironment(matchPattern, libraries.flat())
  return {
    ...standard,
    variables: new Map(Object.entries(variables)),
    typeNames: new Set([...standard.typeNames, 'net.IP', 'net.CIDR']),
    objects: new Map(objects.map((type) => [type.name, type])),
    callCost: kubernetesCallCost,
    validateCall: validateLiterals,
  }
}

export { matchPattern, patternFault } from './regular-expression.js'
