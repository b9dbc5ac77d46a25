/** Kubeconfig files on this machine: the one part of this folder that opens files. */
export * from './node-files.js'
export * from './load-client-config.js'
export * from './lint-world.js'
export * from './find-program.js'
export * from './change-files.js'
