import type { Target } from '../model/index.js'
import { matchesGlob } from '../text/index.js'
import type { Configuration } from './configuration.js'

/** Which namespaces are judged; what is in no namespace is always judged, unless one alone was asked for. */
export interface NamespaceWish {
  readonly only?: string | undefined
  readonly namespaces?: Configuration['namespaces'] | undefined
  /** Whether objects of a kind are in a namespace, where that is known. */
  readonly isNamespaced: (group: string, kind: string) => boolean | undefined
}

/** Whether a target is judged; undefined where every one is. */
export function judgedTargets({
  only,
  namespaces,
  isNamespaced,
}: NamespaceWish): ((target: Target) => boolean) | undefined {
  const { include, exclude = [] } = namespaces ?? {}
  if (only === undefined && include === undefined && exclude.length === 0) return undefined
  return (target) => {
    if (target.kind !== 'object') return only === undefined
    const { group, kind, name } = target.object
    const namespace = kind === 'Namespace' && group === '' ? name : target.object.namespace
    if (namespace === '') {
      // An object that names no namespace goes into the one that it is applied to: kubectl's -n.
      return only === undefined || isNamespaced(group, kind) !== false
    }
    if (only !== undefined) return namespace === only
    if (include !== undefined && !include.some((pattern) => matchesGlob(pattern, namespace))) return false
    return !exclude.some((pattern) => matchesGlob(pattern, namespace))
  }
}

/** The same in words, for reports. */
export function namespaceWords(namespaces: Configuration['namespaces'] | undefined): string[] {
  const { include, exclude = [] } = namespaces ?? {}
  return [
    ...(include === undefined ? [] : [`only ${include.join(', ')}`]),
    ...(exclude.length === 0 ? [] : [`not ${exclude.join(', ')}`]),
  ]
}
