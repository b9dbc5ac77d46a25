import type { ObjectIndex } from '../../kube/index.js'
import { field, known, unknown, valueAt, type Fact } from '../../model/index.js'

/** The text of a key of a ConfigMap, empty when the key is absent; unknown when the ConfigMap was not read. */
export function configMapValue(
  index: ObjectIndex,
  namespace: string,
  name: string,
  key: string,
): Fact<string> {
  const map = index.get('', 'ConfigMap', namespace, name)
  if (map === undefined) return unknown('no-source', `ConfigMap ${namespace}/${name} was not read`)
  const path = ['data', key]
  const value = valueAt(map.content, path)
  if (value === undefined || value === null) return known('', { kind: 'object', object: map, path: ['data'] })
  const origin = { kind: 'object', object: map, path } as const
  if (typeof value === 'string') return known(value, origin)
  const isData = field(map.content, 'data') !== undefined
  return unknown(
    'unparsable',
    `\`${isData ? key : 'data'}\` of ConfigMap ${namespace}/${name} is not a text`,
    origin,
  )
}
