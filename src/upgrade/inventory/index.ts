/**
 * What stands in a cluster and in which version: nodes, components, etcd. Takes an estate, gives an inventory.
 * Does no I/O and judges nothing.
 */
export * from './cluster-inventory.js'
