import {
  asList,
  asString,
  asStrings,
  field,
  valueAt,
  type Host,
  type JsonPath,
  type Origin,
  type Unknown,
} from '../../model/index.js'
import { layerOf, placeOf, type TomlLayer } from '../merged-toml.js'

/** A registry, or mirror of one, whose certificate nobody checks. */
export interface InsecureRegistry {
  readonly location: string
  readonly origin: Origin
}

const MAIN = '/etc/containers/registries.conf'
const DROP_INS = '/etc/containers/registries.conf.d/'

/**
 * The insecure registries of registries.conf and its drop-ins, in both layouts. In the second a later file's entry of
 * the same prefix takes the place of an earlier one.
 * Source: containers/image v5.36 pkg/sysregistriesv2/system_registries_v2.go.
 */
export function insecureRegistries(host: Host): {
  readonly found: InsecureRegistry[]
  readonly gaps: Unknown[]
  readonly seen: boolean
} {
  const files = [...host.files.values()]
    .filter(
      ({ path, type }) =>
        path === MAIN || (path.startsWith(DROP_INS) && path.endsWith('.conf') && type !== 'directory'),
    )
    .sort((a, b) => (a.path === MAIN ? -1 : b.path === MAIN ? 1 : a.path < b.path ? -1 : 1))
  const gaps: Unknown[] = []
  const byPrefix = new Map<string, InsecureRegistry[]>()
  for (const file of files) {
    const { layer, gap } = layerOf(file, host.name)
    if (gap !== undefined) gaps.push(gap)
    if (layer === undefined) continue
    for (const [prefix, found] of registriesOf(layer, host.name)) byPrefix.set(prefix, found)
  }
  return { found: [...byPrefix.values()].flat(), gaps, seen: files.length > 0 }
}

function registriesOf(layer: TomlLayer, host: string): Map<string, InsecureRegistry[]> {
  const { value } = layer.document
  const entries = new Map<string, InsecureRegistry[]>()
  const at = (path: JsonPath): Origin => placeOf(layer, host, path)
  asList(value['registry']).forEach((registry, index) => {
    const location = asString(field(registry, 'location')) ?? asString(field(registry, 'prefix')) ?? ''
    const found: InsecureRegistry[] = []
    if (field(registry, 'insecure') === true)
      found.push({ location, origin: at(['registry', index, 'insecure']) })
    asList(field(registry, 'mirror')).forEach((mirror, inner) => {
      if (field(mirror, 'insecure') !== true) return
      const path = ['registry', index, 'mirror', inner, 'insecure']
      found.push({ location: asString(field(mirror, 'location')) ?? '', origin: at(path) })
    })
    entries.set(asString(field(registry, 'prefix')) ?? location, found)
  })
  // The first layout: one list of names.
  asStrings(valueAt(value, ['registries', 'insecure', 'registries'])).forEach((location, index) => {
    entries.set(location, [{ location, origin: at(['registries', 'insecure', 'registries', index]) }])
  })
  return entries
}
