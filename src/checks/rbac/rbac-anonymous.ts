import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { BINDINGS } from './binding-grants.js'
import { judgeWideGrant } from './wide-grant.js'
import { WITHOUT_CREDENTIAL } from './without-credential.js'

export const rbacAnonymous = defineCheck({
  id: 'rbac-anonymous',
  title: 'A binding gives rights to the anonymous user',
  severity: 'critical',
  because: 'open without a credential; high when it only reads, info when it is discovery',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'A request without a credential is the user `system:anonymous`. What that user may do, everybody may do who can open a connection to the API server.',
  references: [
    cis('5.1.1'),
    kubernetesDocs('reference/access-authn-authz/authentication/#anonymous-requests'),
  ],
  evaluate(subject, report) {
    judgeWideGrant(
      {
        kind: 'User',
        name: 'system:anonymous',
        who: 'everybody who reaches the API server',
        reach: 'unauthenticated',
        breaks: 'callers that send no credential: find them in the audit log first',
        judgement: WITHOUT_CREDENTIAL,
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
    kind: User
    name: system:anonymous
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
