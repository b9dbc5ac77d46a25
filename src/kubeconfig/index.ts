/**
 * Kubeconfig files as client-go reads them: texts in, values out. Nothing here reads a file, runs a program or contacts
 * anybody; who has to, does it with what is found here.
 */
export * from './client-config.js'
