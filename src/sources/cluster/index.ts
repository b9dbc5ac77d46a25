/**
 * A running cluster, through a door that asks its API server. Takes the door, gives objects, problems, and which kinds
 * are held completely. Asks with GET alone, and knows nothing of connections.
 */
export type { ClusterDoor, ClusterWish } from './cluster-door.js'
export { readCluster, type ClusterRead } from './read-cluster.js'
