import {
  ADMISSION_GROUP,
  coversNamespace,
  isReady,
  labelsHave,
  readWebhooks,
  type AdmissionWebhook,
} from '../../kube/index.js'
import { asBoolean, asObject, valueAt, type KubeObject } from '../../model/index.js'
import { listed } from '../listed.js'
import type { Blocker, BlockerCheck, BlockerContext } from './blocker.js'
import { livePods, nodeOf } from './moved-pods.js'

const REFERENCES = [
  'https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/',
]

/** Requests that a drain and what follows it make. */
const REQUESTS: readonly (readonly [operation: string, resource: string, words: string])[] = [
  ['CREATE', 'pods/eviction', 'evictions'],
  ['CREATE', 'pods', 'the pods that take the place of evicted ones'],
  ['DELETE', 'pods', 'the ends of pods'],
  ['UPDATE', 'nodes', 'cordoning'],
]

/** Webhooks that must be asked and cannot be: what they stand before is refused until they are back. */
export const drainWebhooks: BlockerCheck = {
  id: 'drain-webhooks',
  title: 'A webhook that must be asked runs where a drain takes it away',
  find(context) {
    const { index } = context
    return ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap((kind) =>
      index
        .ofKind(ADMISSION_GROUP, kind)
        .flatMap((object) =>
          readWebhooks(object).webhooks.flatMap((webhook) => blockersOf(object, webhook, context)),
        ),
    )
  },
}

function blockersOf(object: KubeObject, webhook: AdmissionWebhook, context: BlockerContext): Blocker[] {
  const { index } = context
  if (webhook.failurePolicy !== 'Fail' || webhook.service === undefined) return []
  const stops = REQUESTS.filter(([operation, resource]) => isAsked(webhook, operation, resource)).map(
    ([, , words]) => words,
  )
  if (stops.length === 0) return []
  const { namespace, name } = webhook.service
  const about = (parts: Pick<Blocker, 'level' | 'message' | 'fix'> & Partial<Blocker>): Blocker[] => [
    {
      check: drainWebhooks.id,
      subject: { kind: 'object', object: object.ref },
      evidence: `webhooks: ${webhook.name}`,
      references: REFERENCES,
      ...parts,
    },
  ]
  const stopped = listed(stops)
  const service = index.get('', 'Service', namespace, name)
  const pods = livePods(index)
  if (service === undefined) {
    if (!index.holdsAll('', 'Service')) return []
    return about({
      level: 'blocks',
      message: `the webhook ${webhook.name} must be asked for ${stopped}, and its service ${namespace}/${name} is not there: all of them are refused`,
      fix: 'bring its service back, or delete the webhook',
    })
  }
  const selector = valueAt(service.content, ['spec', 'selector'])
  // Without selector its endpoints are somebody else's affair.
  if (Object.keys(asObject(selector)).length === 0 || (pods.length === 0 && !index.holdsAll('', 'Pod')))
    return []
  const backends = pods.filter(
    (pod) =>
      pod.ref.namespace === namespace && labelsHave(valueAt(pod.content, ['metadata', 'labels']), selector),
  )
  const unready = asBoolean(valueAt(service.content, ['spec', 'publishNotReadyAddresses'])) === true
  const able = backends.filter((pod) => unready || isReady(pod.content))
  if (able.length === 0) {
    return about({
      level: 'blocks',
      message: `the webhook ${webhook.name} must be asked for ${stopped}, and no pod behind its service ${namespace}/${name} is ready: all of them are refused`,
      fix: `mend its pods (kubectl get pods -n ${namespace}), or set failurePolicy: Ignore until they are`,
    })
  }
  const nodes = [...new Set(able.map(nodeOf))]
  if (nodes.length > 1) return []
  const makesPods = isAsked(webhook, 'CREATE', 'pods')
  const own =
    makesPods && coversNamespace(webhook, namespace, index.get('', 'Namespace', '', namespace)) !== false
  const selfish = own && !webhook.hasConditions && couldBeOwn(webhook)
  return about({
    level: selfish ? 'blocks' : 'warns',
    message: `the webhook ${webhook.name} must be asked for ${stopped}, and everything that answers is on node ${nodes[0] ?? ''} (${listed(able.map(({ ref }) => ref.name))}): while that node is drained they are refused${selfish ? '; its own new pod is among them, so that it does not come back' : ''}`,
    fix: selfish
      ? `run two replicas on two nodes, and leave out its own namespace (namespaceSelector: ${namespace})`
      : 'run two replicas on two nodes (podAntiAffinity, a budget with maxUnavailable: 1)',
  })
}

/** Whether its objects may be its own pods: a selector of objects is taken for one that leaves them out. */
function couldBeOwn({ objectSelector }: AdmissionWebhook): boolean {
  return Object.keys(asObject(objectSelector)).length === 0
}

/** Source: kubernetes v1.36.3 apiserver pkg/admission/plugin/webhook/predicates/rules, Matches: `*` is every resource and no subresource. */
function isAsked({ rules }: AdmissionWebhook, operation: string, resource: string): boolean {
  const [name = '', subresource = ''] = resource.split('/')
  return rules.some(
    ({ operations, apiGroups, resources }) =>
      operations.some((each) => each === '*' || each === operation) &&
      apiGroups.some((each) => each === '*' || each === '') &&
      resources.some((each) => {
        const [wanted = '', sub = ''] = each.split('/')
        return (wanted === '*' || wanted === name) && (sub === '*' || sub === subresource)
      }),
  )
}
