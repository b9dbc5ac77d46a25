import type { ComponentSubject } from '../define-check.js'

/** The flags that each name a place for events. */
export const BACKENDS = ['audit-log-path', 'audit-webhook-config-file'] as const

/** The backends that are given; undefined while that is not known. */
export function givenBackends(apiserver: ComponentSubject): string[] | undefined {
  const facts = BACKENDS.map((flag) => [flag, apiserver.string(flag)] as const)
  if (facts.some(([, fact]) => !fact.known)) return undefined
  return facts.flatMap(([flag, fact]) => (fact.known && fact.value !== '' ? [flag] : []))
}
