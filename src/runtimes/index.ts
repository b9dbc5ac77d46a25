/**
 * What containerd and CRI-O define, without I/O: their configuration, put together from its files as they do it.
 * Takes hosts, gives settings with their places. Imports model and text alone.
 */
export {
  containerdsOf,
  containerdVersionOf,
  registryFolders,
  runtimesOf,
  type Containerd,
  type CriPart,
} from './containerd/containerds-of.js'
export { containerdConfigFiles, type ConfigFile } from './containerd/config-files.js'
export { endOfSupport } from './containerd/releases.js'
export { importsOf, isPattern } from './containerd/imports.js'
export { registryHosts, type RegistryHost } from './containerd/registry-hosts.js'
export { crioOf, type Crio } from './crio/crio-of.js'
export { insecureRegistries, type InsecureRegistry } from './crio/insecure-registries.js'
