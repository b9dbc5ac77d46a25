import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS } from './binding-grants.js'
import { judgeWideGrant } from './wide-grant.js'
import { WITHOUT_CREDENTIAL } from './without-credential.js'

export const rbacUnauthenticated = defineCheck({
  id: 'rbac-unauthenticated',
  title: 'A binding gives rights to the group of callers without a credential',
  severity: 'critical',
  because: 'open without a credential; high when it only reads, info when it is discovery',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'Every request without a credential is in the group `system:unauthenticated`. Kubernetes gives it only the version and health pages; more than that is open to the network.',
  references: [kubernetesDocs('reference/access-authn-authz/rbac/#default-roles-and-role-bindings')],
  evaluate(subject, report) {
    judgeWideGrant(
      {
        kind: 'Group',
        name: 'system:unauthenticated',
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
    kind: Group
    name: system:unauthenticated
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
