import type { Binding, RuleParts } from '../rbac/index.js'
import { mergedRules, useOfRule, type UseShown } from './use-of-rule.js'

/** What of a binding its subject used. */
export interface BindingUse {
  readonly binding: Binding
  /** Whether it gives nothing that was used, and nothing of which no log would tell. */
  readonly isIdle: boolean
  readonly unused: readonly RuleParts[]
  /** Rights with a star of which only a part was used. */
  readonly wide: readonly RuleParts[]
  /** The rules that would do. */
  readonly needed: readonly RuleParts[]
  /** The one namespace in which a cluster-wide binding was used. */
  readonly namespace?: string
}

/** Judges one binding by the requests of one subject; undefined where its role is not known. */
export function useOfBinding(binding: Binding, shown: UseShown): BindingUse | undefined {
  if (binding.role === undefined) return undefined
  const { namespace } = binding
  const concerned = namespace === '' ? shown : usesIn(namespace, shown)
  const uses = binding.role.rules.map(({ rule }) => useOfRule(rule, concerned))
  const needed = mergedRules(uses.flatMap((use) => use.needed))
  const unused = mergedRules(uses.flatMap((use) => use.unused))
  const wide = mergedRules(uses.flatMap((use) => use.wide))
  const places = new Set(uses.flatMap((use) => use.requests.map((request) => request.namespace)))
  const [only] = places
  return {
    binding,
    isIdle: needed.length === 0 && unused.length > 0,
    unused,
    wide,
    needed,
    ...(namespace === '' && places.size === 1 && only !== undefined && only !== ''
      ? { namespace: only }
      : {}),
  }
}

/** A RoleBinding counts in its namespace alone. */
function usesIn(namespace: string, { requests, isRecorded, ...rest }: UseShown): UseShown {
  return {
    ...rest,
    requests: requests.filter((request) => request.namespace === namespace),
    ...(isRecorded === undefined ? {} : { isRecorded: (request) => isRecorded({ ...request, namespace }) }),
  }
}
