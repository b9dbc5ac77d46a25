import type { Attributes, User } from '../../src/access/attributes.js'

/** A line of a policy file in the form v1beta1, as it is written. */
export interface WrittenPolicy {
  readonly user?: string
  readonly group?: string
  readonly readonly?: boolean
  readonly apiGroup?: string
  readonly resource?: string
  readonly namespace?: string
  readonly nonResourcePath?: string
}

/**
 * ABAC written from its description alone.
 * Source: kubernetes v1.36.2 pkg/auth/authorizer/abac/abac.go and pkg/apis/abac/v1beta1/conversion.go.
 */
export function naiveAbac(policies: readonly WrittenPolicy[], attributes: Attributes): boolean {
  return policies.some((policy) => concerns(policy, attributes.user) && allows(policy, attributes))
}

function concerns({ user = '', group = '' }: WrittenPolicy, asking: User): boolean {
  // A star on either widens the line to everybody who is authenticated.
  if (user === '*' || group === '*') return asking.groups.includes('system:authenticated')
  if (user === '' && group === '') return false
  if (user !== '' && user !== asking.name) return false
  return group === '' || asking.groups.includes(group)
}

function allows(policy: WrittenPolicy, attributes: Attributes): boolean {
  if (policy.readonly === true && !['get', 'list', 'watch'].includes(attributes.verb)) return false
  const same = (written = '', asked: string): boolean => written === '*' || written === asked
  if (attributes.kind === 'nonResource') {
    const { nonResourcePath = '' } = policy
    let stem = nonResourcePath
    while (stem.endsWith('*')) stem = stem.slice(0, -1)
    return (
      nonResourcePath === attributes.path || (stem !== nonResourcePath && attributes.path.startsWith(stem))
    )
  }
  return (
    same(policy.namespace, attributes.namespace) &&
    same(policy.resource, attributes.resource) &&
    same(policy.apiGroup, attributes.group)
  )
}
