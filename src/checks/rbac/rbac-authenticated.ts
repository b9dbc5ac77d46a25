import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS } from './binding-grants.js'
import { judgeWideGrant } from './wide-grant.js'
import { WITH_ANY_CREDENTIAL } from './without-credential.js'

export const rbacAuthenticated = defineCheck({
  id: 'rbac-authenticated',
  title: 'A binding gives rights to every caller with a credential',
  severity: 'high',
  because: 'more than the defaults for every user, node and pod; info when it is discovery',
  reach: 'user',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'Every user, every node and every pod with a token is in `system:authenticated`; where tokens come from an outside issuer that anybody can sign up with, everybody is.',
  references: [kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    judgeWideGrant(
      {
        kind: 'Group',
        name: 'system:authenticated',
        who: 'every user, node and pod',
        reach: 'user',
        breaks: 'users and pods that relied on it: bind the role to the groups that need it first',
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
    name: system:authenticated
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
