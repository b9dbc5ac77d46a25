import { componentKnowledge, isKnownMinor } from '../kube/index.js'
import { flagTable, type FlagTable } from '../text/index.js'

/** Components whose flags are known version by version. */
export type VersionedComponent = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler'

/**
 * The flags that a minor version of a component takes: 36 for 1.36. Defaults are those of 1.36. Where the version is not
 * known, or outside of what is, the flags of 1.36.
 */
export function flagsOfVersion(component: VersionedComponent, minor: number | undefined): FlagTable {
  const table = flagTable(component)
  if (minor === undefined || !isKnownMinor(minor)) return table
  const key = `${component} ${minor}`
  const known = made.get(key)
  if (known !== undefined) return known
  const own = componentKnowledge(minor).flags[component]
  const made36 = componentKnowledge(36).flags[component]
  const taken = Object.entries(table).filter(([name]) => name in own || !(name in made36))
  const added = Object.entries(own).flatMap(([name, type]) =>
    name in table ? [] : [[name, { type }] as const],
  )
  const flags = Object.fromEntries([...taken, ...added])
  made.set(key, flags)
  return flags
}

const made = new Map<string, FlagTable>()
