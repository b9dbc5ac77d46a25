import { escalationMay, TECHNIQUES, type Escalation, type Need, type Technique } from '../../access/index.js'
import { describeRule, describeSubject, readRules } from '../../kube/index.js'
import { unknown, type KubeObject } from '../../model/index.js'
import {
  defineCheck,
  type Check,
  type EvidenceInput,
  type ObjectSubject,
  type Report,
} from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS, grantsOf } from './binding-grants.js'
import { expectedOfComponent } from './expected-of-component.js'
import { bindingOf, clusterRole } from './example-objects.js'
import { escalationsThrough } from './held-escalations.js'

/** Subjects that stand for very many have checks of their own, whatever they are given. */
const JUDGED_ELSEWHERE = new Set([
  'Group system:masters',
  'Group system:unauthenticated',
  'Group system:authenticated',
  'Group system:serviceaccounts',
  'User system:anonymous',
])

/** The check of one technique of escalation: which bindings give it to whom, by which rules. */
export function escalationCheck(
  technique: string,
  text: {
    readonly title: string
    /** Ids that the check had before. */
    readonly aliases?: readonly string[]
    readonly why: string
    readonly references?: readonly string[]
    /** Of a technique that depends on more than the rules of one subject. */
    readonly examples?: Check<'object'>['examples']
  },
): Check<'object'> {
  const found = TECHNIQUES.find(({ id }) => id === technique)
  if (found === undefined) throw new Error(`no technique is called ${technique}`)
  const { severity } = found
  return defineCheck({
    id: `rbac-${technique}`,
    ...(text.aliases === undefined ? {} : { aliases: text.aliases }),
    title: text.title,
    severity: severity.cluster,
    because:
      severity.namespace === undefined
        ? 'it counts in the whole cluster'
        : `${severity.namespace} where it is held in one namespace other than kube-system`,
    reach: 'user',
    appliesTo: 'object',
    kinds: BINDINGS,
    why: text.why,
    references: [kubernetesDocs('concepts/security/rbac-good-practices/'), ...(text.references ?? [])],
    evaluate: (subject, report) => judge(found, subject, report),
    examples: text.examples ?? {
      bad: { manifests: exampleOf(found, found.ways[0] ?? []) },
      good: { manifests: exampleOf(found, [{ group: '', resources: ['events'], verbs: ['get'] }]) },
    },
  })
}

/** For techniques that only older versions know. */
const OLDER_NODE = `---
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { nodeInfo: { kubeletVersion: v1.34.1 } }
`

/** A service account of the namespace `ci` with exactly these rights. */
export function exampleOf({ only, before }: Technique, needs: readonly Need[]): string {
  const rules = needs.map(({ group, resources, verbs, names, verbPrefix }) => ({
    verbs: [`${verbs[0] ?? ''}${verbPrefix === true ? 'get' : ''}`],
    apiGroups: [group],
    resources: [resources[0] ?? ''],
    ...(names === undefined || typeof names === 'string' ? {} : { resourceNames: [names[0]] }),
  }))
  const runner = { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' }
  const binding = bindingOf('ci-runner', 'ci-runner', runner)
  const scoped =
    only === undefined
      ? binding
      : binding
          .replace('ClusterRoleBinding', 'RoleBinding')
          .replace('metadata:\n', `metadata:\n  namespace: ${only}\n`)
  return `${clusterRole('ci-runner', rules)}---
${scoped}${before === undefined ? '' : OLDER_NODE}`
}

function judge(technique: Technique, subject: ObjectSubject, report: Report): void {
  const grants = grantsOf(subject, report)
  if (grants === undefined) return
  const concerned = grants.subjects.filter((one) => !JUDGED_ELSEWHERE.has(describeSubject(one)))
  if (concerned.length === 0) return
  const { object, index } = subject
  const role = grants.role()
  if (role.state === 'not-read') {
    const detail = `${grants.roleRef.kind} ${grants.roleRef.name} was not read: what it gives is not known`
    return report.unknown(unknown('no-source', detail, { kind: 'object', object, path: ['roleRef'] }))
  }
  const paths = new Set(concerned.map(({ path }) => path[1]))
  for (const escalation of escalationsThrough(object, index)) {
    const position = escalation.grants[0]?.subject
    if (escalation.technique !== technique || !paths.has(position)) continue
    report.fail(evidenceOf(escalation), {
      message: messageOf(escalation),
      severity: escalation.severity,
      reach: escalation.subject.kind === 'ServiceAccount' ? 'pod' : 'user',
      fix: adviceOf(escalation),
      ...(escalation.subject.kind === 'ServiceAccount'
        ? expectedOfComponent(index, escalation.subject, technique.id, escalation.severity)
        : {}),
    })
  }
}

function messageOf(escalation: Escalation): string {
  const { subject, namespace } = escalation
  const name = `${subject.kind} ${subject.namespace === '' ? '' : `${subject.namespace}/`}${subject.name}`
  return `${name} may ${escalationMay(escalation)}, ${namespace === '' ? 'in the whole cluster' : `in namespace ${namespace}`}`
}

function evidenceOf({ grants }: Escalation): EvidenceInput[] {
  return grants.flatMap((grant) => {
    const { binding, subject, ruleIn, rule } = grant
    const given: EvidenceInput = {
      origin: { kind: 'object', object: binding, path: ['subjects', subject] },
      message: `${binding.ref.kind} ${binding.ref.name} names it`,
    }
    // A default role that was not read has no place to show.
    if (isMadeByDefault(ruleIn)) return [given]
    const shown = readRules(ruleIn.content).rules.find(({ path }) => path[1] === rule)
    return [
      given,
      {
        origin: { kind: 'object', object: ruleIn, path: ['rules', rule] },
        message: `${ruleIn.ref.kind} ${ruleIn.ref.name}: ${shown === undefined ? '' : describeRule(shown)}`,
      },
    ]
  })
}

function isMadeByDefault({ slice }: KubeObject): boolean {
  return slice.file.startsWith('(made by ')
}

function adviceOf({ technique, grants }: Escalation): ReturnType<typeof advice> {
  if (technique.remedy !== undefined) {
    return advice(technique.remedy, { breaks: 'what uses the rights that go' })
  }
  const needs = technique.ways.find((way) => way.length === grants.length) ?? technique.ways[0] ?? []
  const last = grants.at(-1)
  const need = needs.at(-1)
  const right =
    need === undefined ? 'the right' : `${need.verbs.join(' or ')} on ${need.resources.join(' or ')}`
  const role = last === undefined ? 'the role' : `${last.ruleIn.ref.kind} ${last.ruleIn.ref.name}`
  return advice(
    `Take ${right} out of ${role} for this subject, or limit it to the names that are needed; the audit log shows what it uses.`,
    { breaks: `what the subject does with ${right}` },
  )
}
