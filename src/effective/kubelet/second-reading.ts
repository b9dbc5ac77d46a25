import type { FlagTable } from '../../text/index.js'

/**
 * The table of the second reading, which the kubelet does over the loaded file: flags of libraries are dummies there that
 * take a value each, and --help is unknown. Source: cmd/kubelet/app/server.go, newFakeFlagSet, kubeletConfigFlagPrecedence.
 */
export function withoutLibraryBooleans(table: FlagTable, libraries: FlagTable): FlagTable {
  const dummies = Object.keys(libraries).map((name) => [name, { type: 'string', bare: '' }] as const)
  const second: Record<string, FlagTable[string]> = { ...table, ...Object.fromEntries(dummies) }
  delete second['help']
  return second
}
