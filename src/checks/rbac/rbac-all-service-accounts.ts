import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS } from './binding-grants.js'
import { judgeWideGrant } from './wide-grant.js'
import { WITH_ANY_CREDENTIAL } from './without-credential.js'

export const rbacAllServiceAccounts = defineCheck({
  id: 'rbac-all-service-accounts',
  title: 'A binding gives rights to every service account',
  severity: 'high',
  because: 'every pod that mounts a token has it; info when it is discovery',
  reach: 'pod',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'Every pod mounts a token unless told not to, and every such token is in the group `system:serviceaccounts`. One pod taken over is then enough.',
  references: [kubernetesDocs('reference/access-authn-authz/rbac/#service-account-permissions')],
  evaluate(subject, report) {
    judgeWideGrant(
      {
        kind: 'Group',
        name: 'system:serviceaccounts',
        who: 'every pod with a token',
        reach: 'pod',
        breaks: 'pods that relied on it: bind the role to the accounts that need it first',
        judgement: WITH_ANY_CREDENTIAL,
      },
      subject,
      report,
    )
  },
  examples: {
    bad: {
      manifests: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: open-view
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: system:serviceaccounts
`,
    },
    good: {
      manifests: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: developers-view
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: developers
`,
    },
  },
})
