import { isSystemNamespace, type ObjectIndex } from '../../kube/index.js'
import { asList, asString, field, isObject, unknown, valueAt, type JsonObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { node } from './example-node.js'

const ROLE = /^node-role\.kubernetes\.io\/(?:control-plane|master|controlplane)$/

function isControlPlane({ metadata }: JsonObject): boolean {
  const labels = field(metadata, 'labels')
  return isObject(labels) && Object.keys(labels).some((label) => ROLE.test(label))
}

interface Cluster {
  /** Nodes that are no control plane. */
  readonly workers: boolean
  /** Namespaces with pods beside those of the cluster itself. */
  readonly tenants: number
}

const made = new WeakMap<ObjectIndex, Cluster>()

function clusterOf(index: ObjectIndex): Cluster {
  let cluster = made.get(index)
  if (cluster === undefined) {
    const tenants = new Set(
      index
        .ofKind('', 'Pod')
        .map(({ ref }) => ref.namespace)
        .filter((namespace) => !isSystemNamespace(namespace)),
    )
    const workers = index.ofKind('', 'Node').some(({ content }) => !isControlPlane(content))
    made.set(index, (cluster = { workers, tenants: tenants.size }))
  }
  return cluster
}

export const nodeControlPlaneUntainted = defineCheck({
  id: 'node-control-plane-untainted',
  title: 'A control-plane node takes the pods of everybody',
  severity: 'medium',
  because:
    'a break-out there ends beside the keys of the cluster; info where the cluster has no other nodes, or one tenant',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['Node'],
  why: 'Without its taint the scheduler places any pod beside the API server and etcd. Whoever breaks out of one has the certificates that sign everything.',
  references: [
    kubernetesDocs(
      'setup/production-environment/tools/kubeadm/create-cluster-kubeadm/#control-plane-node-isolation',
    ),
  ],
  evaluate({ object, index }, report) {
    if (!isControlPlane(object.content)) return
    const path = ['spec', 'taints']
    const taints = valueAt(object.content, path)
    if (taints !== undefined && taints !== null && !Array.isArray(taints)) {
      return report.unknown(
        unknown('unparsable', '`taints` should be a list', { kind: 'object', object, path }),
      )
    }
    const kept = asList(taints).some((taint) =>
      ['NoSchedule', 'NoExecute'].includes(asString(field(taint, 'effect')) ?? ''),
    )
    if (kept || valueAt(object.content, ['spec', 'unschedulable']) === true) return
    const { workers, tenants } = clusterOf(index)
    const shared = workers && tenants > 1
    report.fail(
      { origin: { kind: 'object', object, path }, message: 'no taint keeps pods away' },
      {
        message: shared
          ? `pods of ${tenants} namespaces may run beside the control plane`
          : 'any pod may run beside the control plane',
        ...(shared
          ? {}
          : {
              severity: 'info' as const,
              because: workers
                ? 'advice: the pods that were read are of one tenant'
                : 'advice: the cluster has no other nodes',
            }),
        fix: advice(
          `Taint the node: kubectl taint nodes ${object.ref.name} node-role.kubernetes.io/control-plane=:NoSchedule; pods that run there stay until they end.`,
          { breaks: 'workloads that find room on no other node' },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: `${controlPlane('')}---\n${node('worker-1')}` },
    good: {
      manifests: controlPlane('taints: [{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}]'),
    },
  },
})

function controlPlane(spec: string): string {
  return node('cp-1', { labels: 'node-role.kubernetes.io/control-plane: ""', spec })
}
