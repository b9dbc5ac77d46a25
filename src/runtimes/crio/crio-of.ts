import { unknown, type Fact, type Host, type JsonPath, type Unknown } from '../../model/index.js'
import { layerOf, settingOf, type TomlLayer } from '../merged-toml.js'

/** CRI-O on one host. */
export interface Crio {
  readonly host: Host
  /** A setting by its path, `['crio', 'runtime', 'seccomp_profile']`; null where it is not set. */
  setting(path: JsonPath): Fact
}

const MAIN = '/etc/crio/crio.conf'
const DROP_INS = '/etc/crio/crio.conf.d/'
const SOCKET = '/run/crio/crio.sock'

/**
 * CRI-O, where its configuration or its socket was seen: `crio.conf`, then the files of `crio.conf.d` in the order of
 * their names; a later value takes the place of an earlier one.
 * Source: cri-o v1.33 docs/crio.conf.d.5.md, pkg/config/config.go UpdateFromPath.
 */
export function crioOf(host: Host): Crio | undefined {
  const dropIns = [...host.files.values()].filter(
    ({ path, type }) =>
      path.startsWith(DROP_INS) && !path.slice(DROP_INS.length).includes('/') && type !== 'directory',
  )
  const main = host.files.get(MAIN)
  if (main === undefined && dropIns.length === 0 && !host.files.has(SOCKET)) return undefined
  const layers: TomlLayer[] = []
  const gaps: Unknown[] = []
  for (const file of [
    ...(main === undefined ? [] : [main]),
    ...dropIns.sort((a, b) => (a.path < b.path ? -1 : 1)),
  ]) {
    const { layer, gap } = layerOf(file, host.name)
    if (layer !== undefined) layers.push(layer)
    if (gap !== undefined) gaps.push(gap)
  }
  if (layers.length === 0 && gaps.length === 0 && !host.files.has('/etc/crio')) {
    gaps.push(unknown('no-source', `the configuration of CRI-O on ${host.name} was not read`))
  }
  return { host, setting: (path) => settingOf({ layers, gaps }, host.name, path, 'replace', 'crio') }
}
