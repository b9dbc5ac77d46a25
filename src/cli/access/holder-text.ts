import type { Holder } from '../../access/index.js'
import { visible } from '../../text/index.js'

/** `ServiceAccount ci/runner`, `Group devs`, `everybody, with or without a credential`. */
export function describeHolder({ kind, name, namespace, alsoInGroup }: Omit<Holder, 'grants'>): string {
  if (kind === 'Everybody') return 'everybody, with or without a credential'
  const own = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
  return visible(alsoInGroup === undefined ? own : `${own} as a member of group ${alsoInGroup}`)
}
