import { describeSubject } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS, grantsOf } from './binding-grants.js'
import { bindingOf } from './example-objects.js'
import { subjectFault } from './subject-fault.js'

export const rbacSubjectTypo = defineCheck({
  id: 'rbac-subject-typo',
  title: 'A subject of a binding is written in a form that stands for nobody',
  severity: 'medium',
  because: 'those who were meant have no rights, and the workaround is usually a wider binding',
  reach: 'user',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'Kubernetes does not check that a subject exists. A group written as a user, or a service account without its namespace, is taken as it is (or refused on apply) and gives its rights to nobody.',
  references: [kubernetesDocs('reference/access-authn-authz/rbac/#referring-to-subjects')],
  evaluate(subject, report) {
    const { object } = subject
    for (const one of grantsOf(subject, report)?.subjects ?? []) {
      const fault = subjectFault(one)
      if (fault === undefined) continue
      report.fail(
        {
          origin: { kind: 'object', object, path: one.path },
          key: `subjects ${describeSubject(one)}`,
          message: fault,
        },
        { message: fault, fix: advice('Write the subject as the one that was meant, or take it out.') },
      )
    }
  },
  examples: {
    bad: {
      manifests: bindingOf('viewers', 'view', { kind: 'User', name: 'system:serviceaccounts:ci:runner' }),
    },
    good: {
      manifests: bindingOf('viewers', 'view', { kind: 'User', name: 'system:serviceaccount:ci:runner' }),
    },
  },
})
