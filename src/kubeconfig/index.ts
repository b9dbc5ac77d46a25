/**
 * Kubeconfig files as client-go reads them: texts in, values out. Nothing here opens a file (who has to, hands in the
 * readers of `disk`), runs a program or contacts anybody.
 */
export * from './client-config.js'
export * from './current-user.js'
export * from './kubeconfig.js'
export * from './decode/read-kubeconfig.js'
export * from './load/kubeconfig-files.js'
export * from './load/load-kubeconfig.js'
export * from './load/merge-kubeconfigs.js'
export * from './load/print-kubeconfig.js'
export * from './load/resolve-paths.js'
export * from './load/view-kubeconfig.js'
export * from './resolve/overrides.js'
export * from './resolve/resolve-client-config.js'
export * from './resolve/validate-entries.js'
export * from './lint/lint-file.js'
export * from './lint/lint-kubeconfigs.js'
