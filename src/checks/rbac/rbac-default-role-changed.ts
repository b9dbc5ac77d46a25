import { clusterMinor, defaultRbacOf, describeRule, KNOWN_MINORS, RBAC_GROUP } from '../../kube/index.js'
import { field, isObject, unknown, valueAt } from '../../model/index.js'
import { defineCheck, type ObjectSubject, type Report } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS } from './binding-grants.js'
import { clusterRole } from './example-objects.js'
import { AGGREGATED_INTO, addedByLabel } from './added-by-label.js'
import { judgedRules, ROLES } from './judged-rules.js'

// Source: kubernetes v1.36.2 pkg/registry/rbac/rest/storage_rbac.go and component-helpers auth/rbac/reconciliation.
const AUTOUPDATE = 'rbac.authorization.kubernetes.io/autoupdate'

export const rbacDefaultRoleChanged = defineCheck({
  id: 'rbac-default-role-changed',
  title: 'A role that Kubernetes makes gives more than it should',
  severity: 'high',
  because:
    'whoever has the role by default has the new rights too; low where the API server is only kept from repairing it',
  reach: 'user',
  appliesTo: 'object',
  kinds: [...ROLES, ...BINDINGS],
  why: 'Default roles are bound before anybody looks: system: roles to components and nodes, admin, edit and view to users in every namespace. At its start the API server adds what is missing to them and takes nothing away, so a rule that was put in stays, and few people read roles that they did not write.',
  references: [
    kubernetesDocs('reference/access-authn-authz/rbac/#default-roles-and-role-bindings'),
    kubernetesDocs('reference/access-authn-authz/rbac/#aggregated-clusterroles'),
  ],
  evaluate(subject, report) {
    const standard = defaultRbacOf(subject.object, clusterMinor(subject.index))
    if (standard === undefined) return judgeLabels(subject, report)
    judgeAutoupdate(subject, report)
    if (subject.object.ref.kind.endsWith('Role')) judgeRules(subject, report)
  },
  examples: {
    bad: {
      manifests: clusterRole('system:basic-user', [
        { verbs: ['get', 'list'], apiGroups: [''], resources: ['secrets'] },
      ]),
    },
    good: {
      manifests: clusterRole('basic-user-secrets', [
        { verbs: ['get', 'list'], apiGroups: [''], resources: ['secrets'] },
      ]),
    },
  },
})

function judgeRules(subject: ObjectSubject, report: Report): void {
  const { object, index } = subject
  const minor = clusterMinor(index)
  const added = judgedRules(subject, report)
  const whole = { kind: 'object', object, path: [] } as const
  if (added.length === 0) return
  if (minor !== undefined && !KNOWN_MINORS.includes(minor)) {
    const detail = `the default roles of 1.${minor} are not known here`
    return report.unknown(unknown('version-unknown', detail, whole))
  }
  const aggregated = isObject(field(object.content, 'aggregationRule')) || object.ref.name in AGGREGATED_INTO
  if (aggregated && !index.holdsAll(RBAC_GROUP, 'ClusterRole')) {
    const detail =
      'the roles that are aggregated into it were not all read: whether one of them gives this is not known'
    return report.unknown(unknown('no-source', detail, whole))
  }
  for (const rule of added) {
    report.fail(
      {
        origin: { kind: 'object', object, path: rule.path },
        key: `rules ${describeRule(rule)}`,
        message: `not in any default: ${describeRule(rule)}`,
      },
      {
        message: `default role ${object.ref.name} also gives ${describeRule(rule)}`,
        fix: advice(
          'Take the rule out of the default role; whoever needs it gets a role and a binding of its own. The API server does not take it out by itself.',
          { breaks: 'subjects of the default role that have come to use the rule' },
        ),
      },
    )
  }
}

function judgeAutoupdate({ object }: ObjectSubject, report: Report): void {
  const path = ['metadata', 'annotations', AUTOUPDATE]
  if (valueAt(object.content, path) !== 'false') return
  report.fail(
    { origin: { kind: 'object', object, path }, message: `${AUTOUPDATE} is false` },
    {
      severity: 'low',
      because: 'nothing is added by it: what is changed in the default object is only never repaired',
      message: 'the API server is kept from repairing a default object',
      fix: advice(
        `Take the annotation ${AUTOUPDATE} away, unless a right was taken out of the default on purpose.`,
        { breaks: 'a right that was taken out on purpose comes back at the next start of the API server' },
      ),
    },
  )
}

function judgeLabels(subject: ObjectSubject, report: Report): void {
  const { object } = subject
  for (const { target, label, rules } of addedByLabel(subject)) {
    const shown = rules.map(describeRule).join('; ')
    report.fail(
      {
        origin: { kind: 'object', object, path: ['metadata', 'labels', label] },
        message: `${label}: adds ${shown} to ${target}`,
      },
      {
        message: `its label adds to ClusterRole ${target}, for all who have it: ${shown}`,
        fix: advice(
          `Take the label ${label} away and bind the role to those who need it, or leave only rules of its own custom resources in it.`,
          { breaks: `users with ${target} that rely on these rights` },
        ),
      },
    )
  }
}
