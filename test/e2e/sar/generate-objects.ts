import type { JsonObject } from '../../../src/model/index.js'
import type { Draw } from './draw.js'
import { ACCOUNTS, GROUPS, NAMESPACES, NODES, PATHS, RESOURCES, THINGS, USERS, VERBS } from './names.js'

/** An object, and the collection that it is created in. */
export interface Made {
  readonly collection: string
  readonly object: JsonObject
}

const RBAC = 'rbac.authorization.k8s.io'

/** Objects that decide access: roles and bindings of every form, and nodes with pods that refer to things. */
export function generateObjects(draw: Draw): Made[] {
  const spaces = NAMESPACES.map((name) => core('namespaces', '', 'Namespace', name, {}))
  const accounts = NAMESPACES.flatMap((space) =>
    ACCOUNTS.map((name) => core('serviceaccounts', space, 'ServiceAccount', name, {})),
  )
  const nodes = NODES.map((name) => core('nodes', '', 'Node', name, {}))
  return [...spaces, ...accounts, ...nodes, ...volumes(draw), ...claims(draw), ...pods(draw), ...rbac(draw)]
}

function core(resource: string, namespace: string, kind: string, name: string, rest: JsonObject): Made {
  return {
    collection: `/api/v1/${namespace === '' ? '' : `namespaces/${namespace}/`}${resource}`,
    object: {
      apiVersion: 'v1',
      kind,
      metadata: { name, ...(namespace === '' ? {} : { namespace }) },
      ...rest,
    },
  }
}

/** Volumes that belong to claims which pods name, with secrets of their drivers; attachments to nodes. */
function volumes(draw: Draw): Made[] {
  return THINGS.slice(0, 5).flatMap((name, index) => {
    const secret = { name: draw.pick(THINGS), namespace: draw.pick(NAMESPACES) }
    const volume = core('persistentvolumes', '', 'PersistentVolume', `volume-${index}`, {
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: { name, namespace: draw.pick(NAMESPACES) },
        csi: { driver: 'csi.acme.example', volumeHandle: name, nodePublishSecretRef: secret },
      },
    })
    const attachment: Made = {
      collection: '/apis/storage.k8s.io/v1/volumeattachments',
      object: {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'VolumeAttachment',
        metadata: { name: `attachment-${index}` },
        spec: {
          attacher: 'csi.acme.example',
          nodeName: draw.pick(NODES),
          source: { persistentVolumeName: `volume-${index}` },
        },
      },
    }
    return [volume, attachment]
  })
}

function claims(draw: Draw): Made[] {
  return NAMESPACES.flatMap((namespace) =>
    draw.some(THINGS, 2, 3).map((name) => ({
      collection: `/apis/resource.k8s.io/v1/namespaces/${namespace}/resourceclaims`,
      object: {
        apiVersion: 'resource.k8s.io/v1',
        kind: 'ResourceClaim',
        metadata: { name, namespace },
        spec: { devices: { requests: [{ name: 'one', exactly: { deviceClassName: 'acme.example' } }] } },
      },
    })),
  )
}

function pods(draw: Draw): Made[] {
  return Array.from({ length: 40 }, (_, index) => {
    const container = {
      name: 'main',
      image: 'rampart.test/pause:1',
      envFrom: draw
        .some(THINGS, 0, 2)
        .map((name) => (draw.chance(0.5) ? { secretRef: { name } } : { configMapRef: { name } })),
    }
    return core('pods', draw.pick(NAMESPACES), 'Pod', `pod-${index}`, {
      spec: {
        ...(draw.chance(0.8) ? { nodeName: draw.pick(NODES) } : {}),
        serviceAccountName: draw.pick(ACCOUNTS),
        containers: [container],
        imagePullSecrets: draw.some(THINGS, 0, 1).map((name) => ({ name })),
        volumes: draw.some(THINGS, 0, 3).map((name, at) => ({ name: `v${at}`, ...volumeOf(draw, name) })),
        ...(draw.chance(0.3)
          ? { resourceClaims: [{ name: 'one', resourceClaimName: draw.pick(THINGS) }] }
          : {}),
      },
    })
  })
}

function volumeOf(draw: Draw, name: string): JsonObject {
  return draw.pick<JsonObject>([
    { secret: { secretName: name } },
    { configMap: { name } },
    { persistentVolumeClaim: { claimName: name } },
    { projected: { sources: [{ secret: { name } }, { configMap: { name: draw.pick(THINGS) } }] } },
    { csi: { driver: 'csi.acme.example', nodePublishSecretRef: { name } } },
  ])
}

function rbac(draw: Draw): Made[] {
  const clusterRoles = Array.from({ length: 14 }, (_, index) =>
    role('ClusterRole', `role-${index}`, '', draw, draw.chance(0.25) ? { team: 'acme' } : undefined),
  )
  const aggregated = made('clusterroles', '', {
    kind: 'ClusterRole',
    metadata: { name: 'aggregated' },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { team: 'acme' } }] },
    rules: [],
  })
  const fixed = made('clusterroles', '', {
    kind: 'ClusterRole',
    metadata: { name: 'always-aggregated', labels: { team: 'acme' } },
    rules: [{ verbs: ['get'], apiGroups: ['acme.example'], resources: ['widgets'] }],
  })
  const roles = NAMESPACES.flatMap((space) =>
    Array.from({ length: 3 }, (_, index) => role('Role', `role-${index}`, space, draw)),
  )
  const global = Array.from({ length: 12 }, (_, index) =>
    binding('ClusterRoleBinding', `binding-${index}`, '', draw),
  )
  const local = NAMESPACES.flatMap((space) =>
    Array.from({ length: 6 }, (_, index) => binding('RoleBinding', `binding-${index}`, space, draw)),
  )
  return [...clusterRoles, fixed, aggregated, ...roles, ...global, ...local]
}

function made(resource: string, namespace: string, object: JsonObject): Made {
  const below = namespace === '' ? '' : `namespaces/${namespace}/`
  return {
    collection: `/apis/${RBAC}/v1/${below}${resource}`,
    object: { apiVersion: `${RBAC}/v1`, ...object },
  }
}

function role(
  kind: 'Role' | 'ClusterRole',
  name: string,
  namespace: string,
  draw: Draw,
  labels?: JsonObject,
): Made {
  const metadata = {
    name,
    ...(namespace === '' ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
  }
  const rules = Array.from({ length: 1 + draw.below(4) }, () => rule(draw, kind === 'ClusterRole'))
  return made(`${kind.toLowerCase()}s`, namespace, { kind, metadata, rules })
}

function rule(draw: Draw, withPaths: boolean): JsonObject {
  const verbs = draw.chance(0.12) ? ['*'] : draw.some([...VERBS, 'impersonate', 'bind'], 1, 4)
  if (withPaths && draw.chance(0.2)) {
    const paths = [...PATHS, '/healthz/*', '/apis/*', '*', '/m*']
    return { verbs, nonResourceURLs: draw.some(paths, 1, 2) }
  }
  const group = draw.pick(Object.keys(RESOURCES))
  const groups = draw.chance(0.1)
    ? ['*']
    : draw.chance(0.2)
      ? [group, draw.pick(Object.keys(RESOURCES))]
      : [group]
  const odd = ['*', '*/scale', '*/status', 'pods/*', 'Pods']
  const resources = draw.chance(0.15)
    ? [draw.pick(odd), ...draw.some(RESOURCES[group] ?? [], 0, 1)]
    : draw.some(RESOURCES[group] ?? [], 1, 3)
  const names = draw.chance(0.25) ? { resourceNames: draw.some([...THINGS, ...NODES], 1, 3) } : {}
  return { verbs, apiGroups: groups, resources, ...names }
}

function binding(
  kind: 'RoleBinding' | 'ClusterRoleBinding',
  name: string,
  namespace: string,
  draw: Draw,
): Made {
  const local = kind === 'RoleBinding' && draw.chance(0.5)
  const known = ['view', 'edit', 'cluster-admin', 'aggregated', 'system:node', 'absent']
  const wanted = draw.chance(0.25) ? draw.pick(known) : `role-${draw.below(local ? 4 : 15)}`
  const roleRef = { apiGroup: RBAC, kind: local ? 'Role' : 'ClusterRole', name: wanted }
  const subjects = Array.from({ length: draw.below(3) + (draw.chance(0.95) ? 1 : 0) }, () => subject(draw))
  const metadata = { name, ...(namespace === '' ? {} : { namespace }) }
  return made(`${kind.toLowerCase()}s`, namespace, { kind, metadata, subjects, roleRef })
}

function subject(draw: Draw): JsonObject {
  const known = ['system:serviceaccounts', `system:serviceaccounts:${draw.pick(NAMESPACES)}`, 'system:nodes']
  const account = { name: draw.pick(ACCOUNTS), namespace: draw.pick(NAMESPACES) }
  switch (draw.below(8)) {
    case 0:
    case 1:
    case 2:
      return { kind: 'User', apiGroup: RBAC, name: draw.pick(USERS) }
    case 3:
    case 4:
      return { kind: 'Group', apiGroup: RBAC, name: draw.pick(GROUPS) }
    case 5:
      return { kind: 'Group', apiGroup: RBAC, name: draw.pick(known) }
    case 6:
      return {
        kind: 'User',
        apiGroup: RBAC,
        name: `system:serviceaccount:${account.namespace}:${account.name}`,
      }
    default:
      return { kind: 'ServiceAccount', ...account }
  }
}
