import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { clusterRole } from './example-objects.js'
import { judgeWildcard } from './judge-wildcard.js'
import { ROLES } from './judged-rules.js'

export const rbacWildcardVerb = defineCheck({
  id: 'rbac-wildcard-verb',
  title: 'A rule gives every verb',
  severity: 'medium',
  because:
    'it also gives verbs that come later, and the ones that raise rights (escalate, bind, impersonate); high when resources and groups are `*` too',
  reach: 'user',
  appliesTo: 'object',
  kinds: ROLES,
  why: '`*` as a verb gives reading, writing and deleting at once, `escalate`, `bind` and `impersonate` where they exist, and every verb that a later version brings.',
  references: [cis('5.1.3'), kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    judgeWildcard(
      {
        list: 'verbs',
        message: 'a rule gives every verb',
        fix: 'List the verbs that are used, for instance get, list, watch, create, update, patch, delete; the audit log shows which.',
        breaks: 'calls with a verb that the list leaves out',
      },
      subject,
      report,
    )
  },
  examples: {
    bad: {
      manifests: clusterRole('deployer', [{ verbs: ['*'], apiGroups: ['apps'], resources: ['deployments'] }]),
    },
    good: {
      manifests: clusterRole('deployer', [
        { verbs: ['get', 'list'], apiGroups: ['apps'], resources: ['deployments'] },
      ]),
    },
  },
})
