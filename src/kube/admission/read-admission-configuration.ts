import {
  readDocument,
  type DocNode,
  type DocumentKind,
  type DocumentPlace,
  type DocumentRead,
  type DocumentFields,
} from '../../text/index.js'

/** The configuration of one admission plug-in: inside of the file, behind a path, or none. */
export interface AdmissionPluginEntry {
  readonly name: string
  readonly place: DocumentPlace
  /** As it is written: relative to the folder of the file. Empty without one. */
  readonly path: string
  /** Goes before `path`. */
  readonly configuration?: DocNode
}

/** An AdmissionConfiguration. */
export interface AdmissionConfiguration {
  readonly plugins: readonly AdmissionPluginEntry[]
}

/** Source: k8s.io/apiserver v0.36.3 pkg/apis/apiserver/install/install.go. */
const KINDS: readonly DocumentKind[] = ['apiserver.config.k8s.io/v1', 'apiserver.k8s.io/v1alpha1'].map(
  (apiVersion) => ({ kind: 'AdmissionConfiguration', apiVersion }),
)

/**
 * Reads the file of --admission-control-config-file.
 * Source: k8s.io/apiserver v0.36.3 pkg/admission/config.go, ReadAdmissionConfiguration.
 */
export function readAdmissionConfiguration(text: string): DocumentRead<AdmissionConfiguration> {
  return readDocument(text, KINDS, (config) => ({ plugins: config.maps('plugins').map(readPlugin) }))
}

function readPlugin(plugin: DocumentFields): AdmissionPluginEntry {
  const configuration = plugin.map('configuration')?.node
  return {
    name: plugin.text('name'),
    place: plugin.placeOf(),
    path: plugin.text('path'),
    ...(configuration === undefined ? {} : { configuration }),
  }
}

/** The first entry of a plug-in counts. Source: same file, ConfigFor. */
export function pluginEntry(config: AdmissionConfiguration, name: string): AdmissionPluginEntry | undefined {
  return config.plugins.find((plugin) => plugin.name === name)
}

/** The configuration of a plug-in of which nothing matters but that it has one. */
export function readOpaqueConfiguration(source: string | DocNode): DocumentRead<true> {
  return readDocument(source, undefined, () => true as const)
}
