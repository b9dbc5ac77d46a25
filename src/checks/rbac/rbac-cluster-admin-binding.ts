import { describeSubject } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { BINDINGS, grantsOf } from './binding-grants.js'
import { expectedOfComponent } from './expected-of-component.js'
import { bindingOf } from './example-objects.js'
import { removeSubject } from './remove-subject.js'

/** Groups that stand for very many have checks of their own. */
const JUDGED_ELSEWHERE = new Set([
  'Group system:masters',
  'Group system:unauthenticated',
  'Group system:authenticated',
  'Group system:serviceaccounts',
  'User system:anonymous',
])

export const rbacClusterAdminBinding = defineCheck({
  id: 'rbac-cluster-admin-binding',
  title: 'A binding gives cluster-admin',
  severity: 'high',
  because:
    'whoever takes this subject has the whole cluster; medium inside one namespace other than kube-system',
  reach: 'user',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'cluster-admin is every verb on every resource, also on those that come later, and no admission of roles holds it back. For a service account it means that every pod with its token, and everybody who may make one, owns the cluster.',
  references: [cis('5.1.1'), kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    const { object } = subject
    const grants = grantsOf(subject, report)
    if (grants?.roleRef.kind !== 'ClusterRole' || grants.roleRef.name !== 'cluster-admin') return
    const { namespace } = object.ref
    const whole = object.ref.kind === 'ClusterRoleBinding' || namespace === 'kube-system'
    for (const one of grants.subjects) {
      const name = describeSubject(one)
      if (JUDGED_ELSEWHERE.has(name)) continue
      const fix = removeSubject(
        object,
        one,
        `everything that ${name} does and that no other binding allows`,
        'lockout',
      )
      report.fail(
        { origin: { kind: 'object', object, path: one.path }, message: `${name} has cluster-admin` },
        {
          message: whole ? `${name} is cluster-admin` : `${name} is cluster-admin inside ${namespace}`,
          reach: one.kind === 'ServiceAccount' ? 'pod' : 'user',
          ...(whole ? {} : INSIDE),
          fix: withPrecondition(
            fix,
            `another binding gives ${name} the rights that it uses (its audit log shows them)`,
          ),
          ...(one.kind === 'ServiceAccount'
            ? expectedOfComponent(subject.index, one, 'escalation-everything', 'high')
            : {}),
        },
      )
    }
  },
  examples: {
    bad: {
      manifests: bindingOf('ci-everything', 'cluster-admin', {
        kind: 'ServiceAccount',
        namespace: 'ci',
        name: 'runner',
      }),
    },
    good: {
      manifests: bindingOf('ci-deploys', 'edit', { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' }),
    },
  },
})

const INSIDE = {
  severity: 'medium',
  because: 'it reaches no further than one namespace, whose Secrets and accounts it takes whole',
} as const
