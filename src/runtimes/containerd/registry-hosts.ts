import {
  asObject,
  asString,
  field,
  type Host,
  type JsonPath,
  type JsonValue,
  type Unknown,
} from '../../model/index.js'
import { layerOf, type TomlLayer } from '../merged-toml.js'

/** A server that images are fetched from, as `hosts.toml` of one registry's folder names it. */
export interface RegistryHost {
  /** `https://mirror.example`. */
  readonly url: string
  readonly skipVerify: boolean
  readonly layer: TomlLayer
  readonly path: JsonPath
}

/**
 * The servers of every `hosts.toml` below the folders, and the files that cannot be read.
 * Source: containerd v2.1.4 core/remotes/docker/config/hosts.go, parseHostsFile.
 */
export function registryHosts(
  host: Host,
  folders: readonly string[],
): { readonly hosts: RegistryHost[]; readonly gaps: Unknown[] } {
  const hosts: RegistryHost[] = []
  const gaps: Unknown[] = []
  for (const file of host.files.values()) {
    if (
      !folders.some((folder) => file.path.startsWith(`${folder}/`)) ||
      !/^.*\/[^/]+\/hosts\.toml$/.test(file.path)
    )
      continue
    const { layer, gap } = layerOf(file, host.name)
    if (gap !== undefined) gaps.push(gap)
    if (layer === undefined) continue
    const { value } = layer.document
    const server = asString(value['server'])
    if (server !== undefined) hosts.push({ url: server, skipVerify: skips(value), layer, path: ['server'] })
    for (const [url, settings] of Object.entries(asObject(value['host']))) {
      if (settings !== undefined) hosts.push({ url, skipVerify: skips(settings), layer, path: ['host', url] })
    }
  }
  return { hosts, gaps }
}

function skips(settings: JsonValue): boolean {
  return field(settings, 'skip_verify') === true
}
