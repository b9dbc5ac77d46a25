import { describeRule } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { clusterRole } from './example-objects.js'
import { judgedRules, ROLES } from './judged-rules.js'

export const rbacPodsWildcardNoop = defineCheck({
  id: 'rbac-pods-wildcard-noop',
  title: 'A rule names subresources in a form that matches nothing',
  severity: 'low',
  because: 'it gives nothing, and hides what its writer meant to give',
  reach: 'user',
  appliesTo: 'object',
  kinds: ROLES,
  why: 'RBAC knows `*` (every resource), `*/scale` (that subresource of every resource) and exact names. `pods/*` and `*/*` are taken literally and match nothing; where they are meant to narrow a role, another rule usually gives the rights in truth.',
  // Source: kubernetes v1.36.2 pkg/apis/rbac/v1/evaluation_helpers.go, ResourceMatches.
  references: [kubernetesDocs('reference/access-authn-authz/rbac/#referring-to-resources')],
  evaluate(subject, report) {
    const { object } = subject
    for (const rule of judgedRules(subject, report)) {
      rule.resources.forEach((resource, at) => {
        if (!resource.endsWith('/*')) return
        report.fail(
          {
            origin: { kind: 'object', object, path: [...rule.path, 'resources', at] },
            key: `rules resources ${resource} ${describeRule(rule)}`,
            message: `\`${resource}\` matches nothing`,
          },
          {
            message: `\`${resource}\` matches nothing`,
            fix: advice(
              'Name the subresources, for instance pods/log and pods/status, or take the entry out.',
            ),
          },
        )
      })
    }
  },
  examples: {
    bad: { manifests: clusterRole('logs', [{ verbs: ['get'], apiGroups: [''], resources: ['pods/*'] }]) },
    good: { manifests: clusterRole('logs', [{ verbs: ['get'], apiGroups: [''], resources: ['pods/log'] }]) },
  },
})
