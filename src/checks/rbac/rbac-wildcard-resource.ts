import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { clusterRole } from './example-objects.js'
import { judgeWildcard } from './judge-wildcard.js'
import { ROLES } from './judged-rules.js'

export const rbacWildcardResource = defineCheck({
  id: 'rbac-wildcard-resource',
  title: 'A rule gives every resource of a group',
  severity: 'medium',
  because:
    'it includes subresources and every resource that is added later; where verbs and groups are `*` too, rbac-wildcard-verb reports it',
  reach: 'user',
  appliesTo: 'object',
  kinds: ROLES,
  why: '`*` as a resource takes in Secrets, subresources such as pods/exec and serviceaccounts/token, and every resource that is installed later.',
  references: [cis('5.1.3'), kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    judgeWildcard(
      {
        list: 'resources',
        message: 'a rule gives every resource of its groups',
        fix: 'List the resources that are used, with their subresources; the audit log shows which.',
        breaks: 'calls on a resource that the list leaves out',
      },
      subject,
      report,
    )
  },
  examples: {
    bad: {
      manifests: clusterRole('deployer', [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['*'] }]),
    },
    good: {
      manifests: clusterRole('deployer', [
        { verbs: ['get', 'list'], apiGroups: [''], resources: ['configmaps'] },
      ]),
    },
  },
})
