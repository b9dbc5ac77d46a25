import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { clusterRole } from './example-objects.js'
import { judgeWildcard } from './judge-wildcard.js'
import { ROLES } from './judged-rules.js'

export const rbacWildcardGroup = defineCheck({
  id: 'rbac-wildcard-group',
  title: 'A rule gives a resource in every API group',
  severity: 'medium',
  because:
    'it includes groups that are added later; where verbs and resources are `*` too, rbac-wildcard-verb reports it',
  reach: 'user',
  appliesTo: 'object',
  kinds: ROLES,
  why: '`*` as a group takes in the resources of that name of every API that is installed now or later, also of those that nobody thought of.',
  references: [cis('5.1.3'), kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    judgeWildcard(
      {
        list: 'apiGroups',
        message: 'a rule holds in every API group',
        fix: 'Name the groups of the resources; the core group is the empty text.',
        breaks: 'calls in a group that the list leaves out',
      },
      subject,
      report,
    )
  },
  examples: {
    bad: {
      manifests: clusterRole('deployer', [
        { verbs: ['get', 'list'], apiGroups: ['*'], resources: ['deployments'] },
      ]),
    },
    good: {
      manifests: clusterRole('deployer', [
        { verbs: ['get', 'list'], apiGroups: ['apps'], resources: ['deployments'] },
      ]),
    },
  },
})
