import { asList, asString, field, isObject, type JsonObject, type JsonValue } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askPod, type PlaceFault } from './ask-pod.js'
import { podWith } from './example-pod.js'
import { isSystemNamespace } from '../../kube/index.js'

/** Labels and taints of control-plane nodes: today’s, that of before 1.24, and those of k3s and rke2. */
const ROLE = /^node-role\.kubernetes\.io\/(?:control-plane|master|etcd)$/

const FIX = advice(
  'Take the toleration or the choice of node away; where the program must run on every node, give it no more rights than it needs there.',
  { breaks: 'its pods on control-plane nodes' },
)

/** Taints that a toleration holds against a control plane; an empty key with Exists holds against all. */
function tolerates(toleration: JsonValue): boolean {
  const key = asString(field(toleration, 'key')) ?? ''
  const effect = asString(field(toleration, 'effect')) ?? ''
  if (effect === 'PreferNoSchedule') return false
  return key === '' ? field(toleration, 'operator') === 'Exists' : ROLE.test(key)
}

function chosenBy({ template, index }: WorkloadSubject): PlaceFault[] {
  const { spec } = template
  const asked = Object.keys(isObject(spec.nodeSelector) ? spec.nodeSelector : {}).find((key) =>
    ROLE.test(key),
  )
  if (asked !== undefined) {
    return [
      {
        message: `it asks for control-plane nodes (\`${asked}\`)`,
        at: ['spec', 'nodeSelector', asked],
        fix: FIX,
      },
    ]
  }
  const node = asString(spec.nodeName)
  const object = node === undefined ? undefined : index.get('', 'Node', '', node)
  if (object === undefined || !isControlPlane(object.content)) return []
  return [{ message: `it runs on control-plane node ${node ?? ''}`, at: ['spec', 'nodeName'], fix: FIX }]
}

/** A control plane that keeps workloads away. One without its taint is open to all, which another check says of the node. */
function isControlPlane(node: JsonObject): boolean {
  return (
    Object.keys(
      isObject(field(node.metadata, 'labels')) ? (field(node.metadata, 'labels') as JsonObject) : {},
    ).some((label) => ROLE.test(label)) &&
    asList(field(node.spec, 'taints')).some((taint) => ROLE.test(asString(field(taint, 'key')) ?? ''))
  )
}

export const podOnControlPlane = defineCheck({
  id: 'pod-on-control-plane',
  title: 'A workload may run on control-plane nodes',
  severity: 'medium',
  because: 'a break-out there ends beside the keys of the cluster and etcd',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Control-plane nodes are tainted so that nobody’s program stands beside the API server. Whoever breaks out of a pod there has the certificates that sign everything.',
  references: [kubernetesDocs('concepts/scheduling-eviction/taint-and-toleration/')],
  evaluate(workload, report) {
    if (isSystemNamespace(workload.object.ref.namespace)) return
    askPod(workload, report, {
      reads: [
        { of: 'pod', path: ['tolerations', '*', 'key'], type: 'string' },
        { of: 'pod', path: ['nodeSelector'], type: 'mapping' },
        { of: 'pod', path: ['nodeName'], type: 'string' },
      ],
      severity: 'medium',
      judge(subject) {
        const at = asList(subject.template.spec.tolerations).findIndex(tolerates)
        if (at < 0) return chosenBy(subject)
        const key = asString(field(asList(subject.template.spec.tolerations)[at], 'key')) ?? ''
        return {
          message: key === '' ? 'it tolerates every taint' : `it tolerates taint \`${key}\``,
          at: ['spec', 'tolerations', at],
          named: key === '' ? 'every taint' : key,
          fix: FIX,
        }
      },
    })
  },
  examples: {
    bad: podWith('', 'tolerations:\n  - key: node-role.kubernetes.io/control-plane\n    operator: Exists'),
    good: podWith('', 'tolerations:\n  - key: dedicated\n    value: shop'),
  },
})
