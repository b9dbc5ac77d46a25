/**
 * What stands in a cluster and in which version: nodes, components, etcd. Takes an estate, gives an inventory.
 * Does no I/O and judges nothing.
 */
export * from './cluster-inventory.js'
export { takeInventory, type InventoryExtras } from './take-inventory.js'
export { clusterConfiguration, extraArgs } from './kubeadm-config.js'
export { etcdVersion } from './control-plane-components.js'
export { packageManagerOf } from './package-manager.js'
