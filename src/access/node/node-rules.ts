import { compileRule, type CompiledRule } from '../rbac/index.js'
import type { NodeFeatures } from './node-features.js'

const READ = ['get', 'list', 'watch']

/**
 * What every node may do whatever runs on it; resources that are judged by their relation to the node are not here
 * unless a feature gate leaves them to these rules.
 * Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go, NodeRules. Events of
 * events.k8s.io are there from 1.35 on.
 */
export function nodeRules(features: NodeFeatures, minor: number): CompiledRule[] {
  const rules: [verbs: string[], groups: string[], resources: string[]][] = [
    [['create'], ['authentication.k8s.io'], ['tokenreviews']],
    [['create'], ['authorization.k8s.io'], ['subjectaccessreviews', 'localsubjectaccessreviews']],
    [READ, [''], ['services']],
    [['create', 'get', 'list', 'watch', 'update', 'patch'], [''], ['nodes']],
    [['update', 'patch'], [''], ['nodes/status']],
    [['create', 'update', 'patch'], minor >= 35 ? ['', 'events.k8s.io'] : [''], ['events']],
    [['get', 'list', 'watch', 'create', 'delete'], [''], ['pods']],
    [['update', 'patch'], [''], ['pods/status']],
    [['create'], [''], ['pods/eviction']],
    [['get'], [''], ['endpoints']],
    [['create', 'get', 'list', 'watch'], ['certificates.k8s.io'], ['certificatesigningrequests']],
    [READ, ['storage.k8s.io'], ['csidrivers']],
    [READ, ['node.k8s.io'], ['runtimeclasses']],
    ...(features.ClusterTrustBundle
      ? [[READ, ['certificates.k8s.io'], ['clustertrustbundles']] as [string[], string[], string[]]]
      : []),
  ]
  return rules.map(([verbs, apiGroups, resources]) =>
    compileRule({ path: [], verbs, apiGroups, resources, resourceNames: [], nonResourceURLs: [] }),
  )
}
