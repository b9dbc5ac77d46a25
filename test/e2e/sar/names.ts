const upTo = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`)

export const NAMESPACES = upTo(5, 'ns')
export const NODES = upTo(4, 'node')
export const ACCOUNTS = upTo(4, 'account')
export const USERS = upTo(9, 'user')
export const GROUPS = upTo(6, 'group')
/** Names of secrets, config maps and the like that pods name and rules limit to. */
export const THINGS = upTo(8, 'thing')

export const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection']
export const RARE_VERBS = ['impersonate', 'bind', 'escalate', 'use', 'approve', 'sign', 'GET', '']

/** Resources by group, with subresources. */
export const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...[
      'pods',
      'pods/log',
      'pods/exec',
      'pods/status',
      'services',
      'secrets',
      'configmaps',
      'nodes',
      'nodes/proxy',
    ],
    ...['serviceaccounts', 'serviceaccounts/token', 'persistentvolumes', 'persistentvolumeclaims', 'users'],
  ],
  apps: ['deployments', 'deployments/scale', 'statefulsets', 'statefulsets/scale'],
  batch: ['jobs', 'jobs/status'],
  'rbac.authorization.k8s.io': ['roles', 'clusterroles', 'rolebindings'],
  'coordination.k8s.io': ['leases'],
  'acme.example': ['widgets', 'widgets/scale'],
}

export const PATHS = [
  '/healthz',
  '/healthz/etcd',
  '/metrics',
  '/api',
  '/apis',
  '/apis/apps',
  '/version',
  '/logs/',
  '/x',
]
