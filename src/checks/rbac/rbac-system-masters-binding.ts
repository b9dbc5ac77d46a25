import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { BINDINGS, grantsOf } from './binding-grants.js'
import { bindingOf } from './example-objects.js'
import { removeSubject } from './remove-subject.js'

export const rbacSystemMastersBinding = defineCheck({
  id: 'rbac-system-masters-binding',
  title: 'A binding names the group system:masters',
  severity: 'high',
  because: 'it shows that credentials of this group are in everyday use, and these cannot be taken back',
  reach: 'user',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'The API server lets system:masters through before it asks any authorizer, so no binding adds anything and removing one takes nothing away. A binding to it means that somebody works with such a credential; a certificate of this group stays valid until its CA is replaced.',
  references: [cis('5.1.7'), kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    const grants = grantsOf(subject, report)
    for (const one of grants?.subjects ?? []) {
      if (one.kind !== 'Group' || one.name !== 'system:masters') continue
      report.fail(
        {
          origin: { kind: 'object', object: subject.object, path: one.path },
          message: 'the group system:masters is bound',
        },
        {
          message: `system:masters is bound to ${grants?.roleRef.kind} ${grants?.roleRef.name}, which it does not need`,
          fix: removeSubject(
            subject.object,
            one,
            'nothing: the group may do everything without a binding. Give its users a group of their own',
            'none',
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: bindingOf('admins', 'view', { kind: 'Group', name: 'system:masters' }) },
    good: {
      manifests: bindingOf('cluster-admin', 'cluster-admin', { kind: 'Group', name: 'system:masters' }),
    },
  },
})
