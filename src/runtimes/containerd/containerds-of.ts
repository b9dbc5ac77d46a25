import { posix } from 'node:path'
import {
  asNumber,
  asObject,
  asString,
  isObject,
  known,
  unknown,
  valueAt,
  type Fact,
  type Host,
  type JsonPath,
  type JsonValue,
  type Origin,
  type Unknown,
} from '../../model/index.js'
import { addedUp, layerOf, placeOf, settingOf, type TomlLayer, type TomlLayers } from '../merged-toml.js'
import { containerdConfigFiles, type ConfigFile } from './config-files.js'
import { importsOf, isPattern, matching } from './imports.js'

/** The three parts that the plug-in for Kubernetes is configured by. */
export type CriPart = 'runtime' | 'images' | 'server'

/** A containerd on one host: what checks ask. */
export interface Containerd extends ConfigFile {
  readonly host: Host
  /** Layout of the file: 1 to 3. */
  readonly configVersion: number
  /** Where it says that the plug-in for Kubernetes is off: its settings mean nothing then. */
  readonly criOff?: Origin
  /** What could not be read. */
  readonly gaps: readonly Unknown[]
  /** A setting outside of the plug-ins, `['grpc', 'tcp_address']`; null where it is not set. */
  setting(path: JsonPath): Fact
  /** A setting of the plug-in for Kubernetes by its path there; null where it is not set. */
  cri(part: CriPart, path: JsonPath): Fact
  /** The whole path of such a setting in this file's layout. */
  criPath(part: CriPart, path: JsonPath): JsonPath
  /** Every file that a value stands in, with the value: for maps whose keys are the user's. */
  layersOf(path: JsonPath): readonly { readonly layer: TomlLayer; readonly value: JsonValue }[]
  origin(layer: TomlLayer, path: JsonPath): Origin
}

const MOST_FILES = 200

/** The containerds of a host, in the order of their configuration files. */
export function containerdsOf(host: Host): Containerd[] {
  return containerdConfigFiles(host.commands, host.files)
    .sort((left, right) => (left.path < right.path ? -1 : 1))
    .map((file) => containerdOf(host, file))
}

function containerdOf(host: Host, config: ConfigFile): Containerd {
  const read = load(host, config)
  // Source: containerd v2.1.4 cmd/containerd/server/config/config.go: a file without a version has layout 1.
  const versions = read.layers.map(({ document }) => asNumber(document.value['version']) ?? 1)
  const configVersion = versions.reduce((high, version) => Math.max(high, version), 0) || 2
  const criPath = (part: CriPart, path: JsonPath): JsonPath => [
    'plugins',
    pluginOf(part, configVersion),
    ...path,
  ]
  const disabled = addedUp(read, ['disabled_plugins']).find(({ value }) => isCri(value, configVersion))
  return {
    ...config,
    host,
    configVersion,
    gaps: read.gaps,
    ...(disabled === undefined
      ? {}
      : { criOff: placeOf(disabled.layer, host.name, ['disabled_plugins', disabled.index]) }),
    setting: (path) => settingOf(read, host.name, path, 'keep-unless-set', 'containerd'),
    cri: (part, path) => criSetting(read, host, criPath(part, path), configVersion),
    criPath,
    layersOf: (path) =>
      read.layers.flatMap((layer) => {
        const value = valueAt(layer.document.value, path)
        return value === undefined ? [] : [{ layer, value }]
      }),
    origin: (layer, path) => placeOf(layer, host.name, path),
  }
}

/**
 * Files in the order of LoadConfig: breadth first, each once.
 * Source: containerd v2.1.4 cmd/containerd/server/config/config.go, LoadConfig; v1.7.28 the same.
 */
function load(host: Host, config: ConfigFile): TomlLayers {
  const layers: TomlLayer[] = []
  const gaps: Unknown[] = []
  const seen = new Set<string>()
  const pending = [config.path]
  for (let path = pending.shift(); path !== undefined && seen.size < MOST_FILES; path = pending.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    const file = followed(host, path)
    if (file === undefined) {
      // Without its file containerd runs with what is built in; a file that an import names has to be there.
      if (path !== config.path) {
        gaps.push(
          unknown(
            'no-source',
            `\`${path}\`, which \`imports\` of containerd names, was not read`,
            at(host, config.path),
          ),
        )
      } else if (host.files.size === 0) {
        gaps.push(unknown('no-source', `\`${path}\` was not read`, at(host, path)))
      }
      continue
    }
    const { layer, gap } = layerOf(file, host.name)
    if (gap !== undefined) gaps.push(gap)
    if (layer === undefined) continue
    layers.push(layer)
    for (const wanted of importsOf(layer.document.value, path)) {
      pending.push(...(isPattern(wanted) ? matching(wanted, host.files.keys()) : [wanted]))
    }
  }
  return { layers, gaps }
}

function followed(host: Host, path: string): ReturnType<Host['files']['get']> {
  const file = host.files.get(path)
  if (file?.type !== 'symlink' || file.text !== undefined || file.target === undefined) {
    return file?.type === 'directory' ? undefined : file
  }
  return host.files.get(posix.resolve(posix.dirname(path), file.target)) ?? file
}

function at(host: Host, file: string): Origin {
  return { kind: 'file', host: host.name, file }
}

/**
 * Up to 1.7 a later file takes the place of the whole section of a plug-in, from 2.0 on the sections are merged; which
 * one runs is not known from a file of layout 2. Where that matters the value is unknown.
 * Source: mergeConfig of both.
 */
function criSetting(read: TomlLayers, host: Host, path: JsonPath, configVersion: number): Fact {
  const merged = settingOf(read, host.name, path, 'replace', 'containerd')
  if (!merged.known) return merged
  const section = path.slice(0, 2)
  const last = read.layers.findLast(({ document }) => isObject(valueAt(document.value, section)))
  if (last === undefined || configVersion >= 3) return doubtful(read, path, merged)
  const replaced = settingOf({ layers: [last], gaps: [] }, host.name, path, 'replace', 'containerd')
  if (!replaced.known || JSON.stringify(replaced.value) === JSON.stringify(merged.value)) return merged
  return unknown(
    'version-unknown',
    `\`${String(path.at(-1))}\` is set in another file than the last one that holds its section: containerd 1 and 2 read that differently`,
    merged.origin,
  )
}

/** Of a map's value that a later file sets to false, 0 or "" it depends on the merging library what happens. */
function doubtful(read: TomlLayers, path: JsonPath, merged: Fact): Fact {
  const kept = settingOf(read, '', path, 'keep-unless-set', 'containerd')
  if (!merged.known || !kept.known || JSON.stringify(kept.value) === JSON.stringify(merged.value))
    return merged
  return unknown(
    'conflict',
    `\`${String(path.at(-1))}\` is set in several files, and empty in the last one`,
    merged.origin,
  )
}

/**
 * The section of a part in each layout.
 * Source: containerd v2.1.4 plugins/cri/cri.go, images/plugin.go, runtime/plugin.go, configMigration.
 */
function pluginOf(part: CriPart, configVersion: number): string {
  if (configVersion <= 1) return 'cri'
  if (configVersion === 2 || part === 'server') return 'io.containerd.grpc.v1.cri'
  return `io.containerd.cri.v1.${part}`
}

function isCri(plugin: string, configVersion: number): boolean {
  return (
    (configVersion <= 1 && plugin === 'cri') || plugin === 'cri' || plugin === 'io.containerd.grpc.v1.cri'
  )
}

/** The version of containerd by the database of installed packages of a host. */
export function containerdVersionOf(host: Host): Fact<string> {
  const file = '/var/lib/dpkg/status'
  const text = host.files.get(file)?.text ?? ''
  let line = 1
  for (const entry of text.split('\n\n')) {
    const version = /^Version: (?:\d+:)?(\d\S*)$/m.exec(entry)
    if (/^Package: containerd(?:\.io)?$/m.test(entry) && version?.[1] !== undefined) {
      const inEntry = entry.slice(0, version.index).split('\n').length - 1
      return known(version[1], { kind: 'file', host: host.name, file, line: line + inEntry })
    }
    line += entry.split('\n').length + 1
  }
  return unknown('version-unknown', `nothing read of ${host.name} says which version containerd has`)
}

/** Names of runtimes with their settings, of every file that holds some. */
export function runtimesOf(containerd: Containerd): {
  readonly name: string
  readonly path: JsonPath
  readonly layer: TomlLayer
  readonly settings: JsonValue
}[] {
  const path = containerd.criPath('runtime', ['containerd', 'runtimes'])
  return containerd
    .layersOf(path)
    .flatMap(({ layer, value }) =>
      Object.entries(asObject(value)).flatMap(([name, settings]) =>
        settings === undefined ? [] : [{ name, path: [...path, name], layer, settings }],
      ),
    )
}

/** The folders in which it looks for `hosts.toml`; several are joined by a colon. */
export function registryFolders(containerd: Containerd): string[] {
  const path = containerd.cri('images', ['registry', 'config_path'])
  const value = path.known ? (asString(path.value) ?? '') : ''
  return value.split(':').flatMap((folder) => (folder.startsWith('/') ? [posix.resolve(folder)] : []))
}
