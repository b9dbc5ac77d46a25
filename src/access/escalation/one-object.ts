import type { RbacGrant } from './find-escalations.js'

/** What gives one need of a way. */
export interface Given {
  readonly grant: RbacGrant
  /** The objects that it is limited to; empty for all. */
  readonly names: readonly string[]
  /** Whether the names make it less than it would be. */
  readonly limited: boolean
}

/** One grant for each need, so that all of them reach one and the same object; none where no object is reached by all. */
export function onOneObject(needs: readonly (readonly Given[])[]): readonly Given[] {
  const whole = needs.map((grants) => grants.find(({ names }) => names.length === 0))
  const byName = needs.filter((_grants, index) => whole[index] === undefined).map(firstByName)
  const [first, ...rest] = byName
  const name = first && [...first.keys()].find((each) => rest.every((grants) => grants.has(each)))
  if (first !== undefined && name === undefined) return []
  const named = byName.map((grants) => grants.get(name ?? '')).values()
  return whole.flatMap((grant) => grant ?? named.next().value ?? [])
}

function firstByName(grants: readonly Given[]): Map<string, Given> {
  const found = new Map<string, Given>()
  for (const grant of grants) for (const name of grant.names) if (!found.has(name)) found.set(name, grant)
  return found
}

/** The objects that all of the grants reach; empty for all objects. */
export function namesOf(grants: readonly Given[]): readonly string[] {
  const [first, ...rest] = grants.map(({ names }) => names).filter((names) => names.length > 0)
  return (first ?? []).filter((name) => rest.every((names) => names.includes(name)))
}
