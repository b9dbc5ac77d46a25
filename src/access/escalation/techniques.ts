import { CLUSTER_TECHNIQUES } from './cluster-techniques.js'
import { ESTATE_TECHNIQUES } from './estate-techniques.js'
import { IDENTITY_TECHNIQUES } from './identity-techniques.js'
import type { Technique } from './technique.js'
import { WORKLOAD_TECHNIQUES } from './workload-techniques.js'

/**
 * Every technique that Rampart looks for; the first is to hold everything. Conditions are those that the API server
 * checks; sources are named where they are not the RBAC good practices of the Kubernetes documentation.
 */
export const TECHNIQUES: readonly Technique[] = [
  ...IDENTITY_TECHNIQUES,
  ...WORKLOAD_TECHNIQUES,
  ...CLUSTER_TECHNIQUES,
  ...ESTATE_TECHNIQUES,
]
