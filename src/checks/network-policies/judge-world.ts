import {
  exposuresOf,
  podsSelectedBy,
  readPolicy,
  type Direction,
  type NetworkPolicy,
} from '../../kube/index.js'
import type { FailOptions, ObjectSubject, Report } from '../define-check.js'
import { advice } from '../precondition.js'
import { allowsAll, reportMalformed, ruleEvidence, worldRules } from './open-rules.js'

const WORDS = { ingress: 'from every address', egress: 'to every address' } as const

/** Asks whether a policy lets a direction through for every address; what allows everything is another check's. */
export function judgeWorld(subject: ObjectSubject, report: Report, direction: Direction): void {
  const policy = readPolicy(subject.object)
  reportMalformed(subject.object, policy, report)
  if (allowsAll(policy, direction)) return
  for (const rule of worldRules(policy, direction)) {
    const ports =
      rule.ports === 'all' ? 'every port' : `port ${rule.ports.map(({ port }) => port ?? 'any').join(', ')}`
    report.fail(ruleEvidence(policy, rule, `${direction} ${WORDS[direction]}, ${ports}`), {
      message: `${direction} ${WORDS[direction]} is allowed on ${ports}`,
      fix: advice('Name the pods, namespaces or address blocks that need the connection.', {
        breaks: `connections ${WORDS[direction]} that no other rule allows`,
      }),
      ...(direction === 'ingress' ? severityOfIngress(subject, policy) : {}),
    })
  }
}

/** Pods that a Service or route opens to the outside are meant to be reached. */
function severityOfIngress({ object, index }: ObjectSubject, policy: NetworkPolicy): FailOptions {
  const { namespace } = object.ref
  const way = podsSelectedBy(index, namespace, policy.selector)
    .slice(0, 50)
    .flatMap(({ labels }) => exposuresOf(index, namespace, labels))[0]
  return way === undefined
    ? {}
    : { severity: 'info', because: `its pods are meant to be reached from outside: ${way.described}` }
}
