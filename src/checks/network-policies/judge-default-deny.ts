import {
  absenceIsKnown,
  isSystemNamespace,
  networkPoliciesOf,
  otherLayersOf,
  podSourcesIn,
  selectsAll,
  type Direction,
} from '../../kube/index.js'
import { field, unknown } from '../../model/index.js'
import type { FailOptions, ObjectSubject, Report } from '../define-check.js'
import { suggestDefaultDeny } from './suggest-policies.js'

const WORDS = {
  ingress: 'every pod of the cluster may connect to pods of the namespace',
  egress: 'pods of the namespace may connect to every address',
} as const

/** Asks whether a namespace isolates all of its pods in a direction, by a NetworkPolicy or a policy of another layer. */
export function judgeDefaultDeny(
  { object, index }: ObjectSubject,
  report: Report,
  direction: Direction,
): void {
  const namespace = object.ref.name
  const policies = networkPoliciesOf(index).inNamespace(namespace)
  if (policies.some((policy) => policy.isolates.includes(direction) && selectsAll(policy))) return
  const origin = { kind: 'object', object, path: ['metadata', 'name'] } as const
  const layers = otherLayersOf(index, namespace, direction)
  if (layers.state === 'isolated') return
  if (!absenceIsKnown(index, 'networking.k8s.io', 'NetworkPolicy')) {
    const detail = `no NetworkPolicy that isolates all pods of ${namespace} was read, and the input need not hold all of them`
    return report.unknown(unknown('no-source', detail, origin))
  }
  if (layers.state === 'not-known') return report.unknown(unknown('no-source', layers.detail, origin))
  const message = `no policy isolates all pods of ${namespace}: ${WORDS[direction]}`
  report.fail(
    { origin, key: `default-deny-${direction}`, message },
    {
      message,
      fix: suggestDefaultDeny(index, namespace, direction),
      ...severityFor({ object, index }, direction),
    },
  )
}

function severityFor(
  { object, index }: Pick<ObjectSubject, 'object' | 'index'>,
  direction: Direction,
): FailOptions {
  const namespace = object.ref.name
  if (isSystemNamespace(namespace)) {
    return {
      severity: 'info',
      because: 'the namespace belongs to the cluster, whose components must be reached',
    }
  }
  const sources = podSourcesIn(index, namespace)
  if (sources.length === 0) return { severity: 'info', because: 'no pod was read in the namespace' }
  const policies = networkPoliciesOf(index)
  const isolated = sources.every(({ template }) =>
    policies
      .selecting(namespace, field(template.metadata, 'labels'))
      .some(({ isolates }) => isolates.includes(direction)),
  )
  return isolated
    ? { severity: 'low', because: 'every pod of today is isolated by a policy of its own; the next is not' }
    : {}
}
