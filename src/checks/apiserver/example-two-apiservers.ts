import type { EstateInput } from '../../model/index.js'
import { apiserverWith } from './example-apiserver.js'

/** Two hosts of one control plane, `cp-1` and `cp-2`, whose API servers have these flags. */
export function twoApiservers(one: readonly string[], other: readonly string[] = one): EstateInput {
  const hosts = [one, other].map((flags) => apiserverWith(flags).hosts?.['cp-1'] ?? {})
  return { hosts: { 'cp-1': hosts[0] ?? {}, 'cp-2': hosts[1] ?? {} } }
}
