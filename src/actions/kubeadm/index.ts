/**
 * A hardened set-up for kubeadm: the configuration files of a new cluster, each line with its reason.
 * Takes a version and a topology, gives the files and writes them into an empty folder.
 * Keys and tokens are made here and are in the files alone; nothing is run and no cluster is touched.
 */
export { readSetupRequest, type SetupOptions, type SetupRequest, type Topology } from './plan-request.js'
export { planSetup, type Setup, type SetupFile } from './plan-setup.js'
export { makeSecrets, SECRETS_NOT_MADE, type SetupSecrets } from './secrets.js'
export { writeSetup } from './write-setup.js'
