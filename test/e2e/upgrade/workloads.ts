import type { ApiClient } from '../../../src/client/index.js'
import type { JsonObject } from '../../../src/model/index.js'

/** Deployments with budgets, as a small shop has them, and one without. */
export async function makeWorkloads(client: ApiClient): Promise<void> {
  await client.sendJson('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  })
  const [apps, budgets] = [
    '/apis/apps/v1/namespaces/shop/deployments',
    '/apis/policy/v1/namespaces/shop/poddisruptionbudgets',
  ]
  await client.sendJson(apps, deployment('web', 6))
  await client.sendJson(apps, deployment('api', 4))
  await client.sendJson(apps, deployment('lone', 2))
  await client.sendJson(apps, deployment('front', 2, ON_FIRST_WORKERS))
  await client.sendJson('/apis/apps/v1/namespaces/shop/daemonsets', {
    ...deployment('agent', 0),
    kind: 'DaemonSet',
    spec: { selector: { matchLabels: { app: 'agent' } }, template: template('agent') },
  })
  await client.sendJson(budgets, budget('web', { minAvailable: 4 }, 4))
  await client.sendJson(budgets, budget('api', { maxUnavailable: 1 }, 3))
  await client.sendJson(budgets, budget('front', { minAvailable: 1 }, 1))
}

/** One pod on each of the first two workers, as long as they take pods: which nodes its budget holds up is known. */
const ON_FIRST_WORKERS: JsonObject = {
  affinity: {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          preference: {
            matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['w-1', 'w-2'] }],
          },
        },
      ],
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'front' } } },
      ],
    },
  },
}

function deployment(name: string, replicas: number, podSpec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: { replicas, selector: { matchLabels: { app: name } }, template: template(name, podSpec) },
  }
}

function template(app: string, podSpec: JsonObject = {}): JsonObject {
  return {
    metadata: { labels: { app } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      containers: [{ name: app, image: `shop.test/${app}:1`, resources: { requests: { cpu: '100m' } } }],
      ...podSpec,
    },
  }
}

/** `healthy`: how many must be there whatever happens. */
function budget(app: string, spec: JsonObject, healthy: number): JsonObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: app, namespace: 'shop', annotations: { watched: String(healthy) } },
    spec: { ...spec, selector: { matchLabels: { app } } },
  }
}
