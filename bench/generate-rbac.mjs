// A cluster of roles and bindings, and questions about it, the same for the same seed.

const GROUPS = {
  '': ['pods', 'services', 'secrets', 'configmaps', 'pods/log', 'events'],
  apps: ['deployments', 'daemonsets', 'deployments/scale'],
  batch: ['jobs', 'cronjobs'],
}
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']
const RBAC = 'rbac.authorization.k8s.io'

/** `count` cluster role bindings, and `perNamespace` role bindings in each of `namespaces` namespaces. */
export function generateRbac({ count, namespaces, perNamespace, seed }) {
  const random = generator(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const contents = []
  for (let role = 0; role < 100; role++) {
    const rules = Array.from({ length: 3 }, () => {
      const group = pick(Object.keys(GROUPS))
      return {
        verbs: [pick(VERBS), pick(VERBS)],
        apiGroups: [group],
        resources: [pick(GROUPS[group]), pick(GROUPS[group])],
      }
    })
    contents.push({ kind: 'ClusterRole', metadata: { name: `role-${role}` }, rules })
  }
  const grants = []
  const bind = (kind, metadata, account) => {
    const role = Math.floor(random() * 100)
    const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: `role-${role}` }
    const subjects = [{ kind: 'ServiceAccount', ...account }]
    contents.push({ kind, metadata, subjects, roleRef })
    grants.push({ account, role, namespace: metadata.namespace })
  }
  const space = () => `namespace-${Math.floor(random() * namespaces)}`
  for (let i = 0; i < count; i++) {
    bind('ClusterRoleBinding', { name: `cluster-${i}` }, { namespace: space(), name: `account-${i % 50}` })
  }
  for (let ns = 0; ns < namespaces; ns++) {
    for (let i = 0; i < perNamespace; i++) {
      const namespace = `namespace-${ns}`
      bind('RoleBinding', { name: `local-${i}`, namespace }, { namespace, name: `account-${i % 50}` })
    }
  }
  const objects = contents.map((content) => ({
    ref: {
      group: RBAC,
      version: 'v1',
      kind: content.kind,
      namespace: content.metadata.namespace ?? '',
      name: content.metadata.name,
    },
    content: { apiVersion: `${RBAC}/v1`, ...content },
    source: 'cluster',
    slice: { file: 'generated', format: 'json', offset: 0, length: 0, line: 1, column: 1 },
  }))
  return { objects, questions: questions({ contents, grants, namespaces, random, pick }) }
}

/** Distinct questions; one in three repeats what a grant allows, the others are drawn blindly. */
function questions({ contents, grants, namespaces, random, pick }) {
  return Array.from({ length: 120_000 }, (_, index) => {
    const grant = pick(grants)
    const wanted = index % 3 === 0
    const account = wanted
      ? grant.account
      : {
          namespace: `namespace-${Math.floor(random() * namespaces)}`,
          name: `account-${Math.floor(random() * 50)}`,
        }
    const rule = pick(contents[wanted ? grant.role : Math.floor(random() * 100)].rules)
    const [resource, subresource = ''] = pick(rule.resources).split('/')
    return {
      kind: 'resource',
      user: {
        name: `system:serviceaccount:${account.namespace}:${account.name}`,
        uid: '',
        groups: [
          'system:serviceaccounts',
          `system:serviceaccounts:${account.namespace}`,
          'system:authenticated',
        ],
        extra: new Map(),
      },
      verb: pick(rule.verbs),
      namespace: (wanted ? grant.namespace : undefined) ?? `namespace-${Math.floor(random() * namespaces)}`,
      group: rule.apiGroups[0],
      version: 'v1',
      resource,
      subresource,
      name: `object-${index}`,
      fieldSelector: [],
      labelSelector: [],
    }
  })
}

/** mulberry32: numbers from 0 up to 1. */
function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
