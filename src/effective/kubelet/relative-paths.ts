import { posix } from 'node:path'
import type { JsonObject } from '../../model/index.js'
import { getField, setField } from './fields.js'

// Source: kubernetes v1.36.2 pkg/kubelet/apis/config/helpers.go, KubeletConfigurationPathRefs.
const PATH_FIELDS: readonly (readonly string[])[] = [
  ['staticPodPath'],
  ['authentication', 'x509', 'clientCAFile'],
  ['tlsCertFile'],
  ['tlsPrivateKeyFile'],
  ['resolvConf'],
  ['volumePluginDir'],
  ['podLogsDir'],
]

/** Makes relative paths of the main file absolute below its folder, in place; empty ones stay. */
export function resolvePaths(config: JsonObject, folder: string): void {
  for (const field of PATH_FIELDS) {
    const value = getField(config, field)
    if (typeof value !== 'string' || value === '' || posix.isAbsolute(value)) continue
    setField(config, field, posix.join(folder, value))
  }
}
