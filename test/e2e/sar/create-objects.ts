import { asList, field, type JsonObject } from '../../../src/model/index.js'
import { ask, type Answer } from '../../cluster/admin-request.js'
import type { TestCluster } from '../../cluster/start-cluster.js'
import { askReviews } from './ask-reviews.js'
import type { Made } from './generate-objects.js'
import type { Spec } from './generate-questions.js'

const RBAC = '/apis/rbac.authorization.k8s.io/v1'
const LIMIT = 60_000

/** Creates the objects, and waits until every authorizer of the API server decides by them. */
export async function createObjects(cluster: TestCluster, objects: readonly Made[]): Promise<void> {
  const { server, ca, admin } = cluster
  const send = (path: string, body?: JsonObject): Promise<Answer> =>
    ask({ server, ca: ca.cert, client: admin }, path, body === undefined ? {} : { method: 'POST', body })
  const create = async ({ collection, object }: Made): Promise<void> => {
    const { status, body } = await send(collection, object)
    if (status !== 201) throw new Error(`HTTP ${status} for ${JSON.stringify(object)}:\n${body}`)
  }
  for (const each of objects) await create(each)
  await untilStill(async () => {
    const { body } = await send(`${RBAC}/clusterroles/aggregated`)
    const rules = asList(field(JSON.parse(body), 'rules'))
    return rules.length === 0 ? undefined : JSON.stringify(rules)
  })
  // What is created last is seen last: each cache of the API server is up to date once it knows the sentinel in it.
  for (const each of SENTINELS) await create(each)
  await untilStill(async () => {
    const answers = await askReviews(cluster, SENTINEL_QUESTIONS)
    return answers.every(({ allowed }) => allowed) ? 'all' : undefined
  })
}

/** Waits until a value is there and the same one second later. */
async function untilStill(look: () => Promise<string | undefined>): Promise<void> {
  const deadline = Date.now() + LIMIT
  let before: string | undefined
  for (;;) {
    const now = await look()
    if (now !== undefined && now === before) return
    if (Date.now() > deadline) throw new Error('the cluster does not come to rest')
    before = now
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

/** The webhook is asked about no such user. */
const USER = 'system:sentinel'
const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: USER }]
const rules = (resource: string): JsonObject['rules'] => [
  { verbs: ['get'], apiGroups: ['sentinel'], resources: [resource] },
]
const roleRef = (kind: string, name = 'sentinel'): JsonObject => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind,
  name,
})
const rbac = (kind: string, namespace: string, rest: JsonObject, name = 'sentinel'): Made => ({
  collection: `${RBAC}/${namespace === '' ? '' : `namespaces/${namespace}/`}${kind.toLowerCase()}s`,
  object: { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name }, ...rest },
})

const SENTINELS: readonly Made[] = [
  rbac('ClusterRole', '', { rules: rules('wide') }),
  rbac('ClusterRoleBinding', '', { subjects, roleRef: roleRef('ClusterRole') }),
  rbac('ClusterRoleBinding', '', { subjects, roleRef: roleRef('ClusterRole', 'aggregated') }, 'sentinel-2'),
  rbac('Role', 'ns-0', { rules: rules('narrow') }),
  rbac('RoleBinding', 'ns-0', { subjects, roleRef: roleRef('Role') }),
  {
    collection: '/api/v1/namespaces/ns-0/pods',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'sentinel' },
      spec: {
        nodeName: 'node-0',
        serviceAccountName: 'account-0',
        containers: [{ name: 'main', image: 'rampart.test/pause:1' }],
        imagePullSecrets: [{ name: 'sentinel' }],
      },
    },
  },
]

const may = (user: string, group: string, resource: string, name = ''): Spec => ({
  user,
  groups: user === USER ? [] : ['system:nodes'],
  resourceAttributes: { verb: 'get', group, version: 'v1', resource, namespace: 'ns-0', name },
})
const SENTINEL_QUESTIONS: readonly Spec[] = [
  may(USER, 'sentinel', 'wide'),
  may(USER, 'sentinel', 'narrow'),
  may(USER, 'acme.example', 'widgets'),
  may('system:node:node-0', '', 'secrets', 'sentinel'),
]
