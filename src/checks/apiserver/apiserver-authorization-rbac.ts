import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverAuthorizationRbac = defineCheck({
  id: 'apiserver-authorization-rbac',
  title: 'The API server does not use RBAC',
  severity: 'high',
  because: 'roles and bindings of the cluster are in force nowhere; who may do what stands elsewhere',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Kubernetes and what runs on it describe rights as roles and bindings. Without the RBAC authorizer they say nothing, and whatever decides instead is not seen in the cluster.',
  references: [cis('1.2.8'), kubernetesDocs('reference/access-authn-authz/rbac/')],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'authorization-mode', apiserver.strings('authorizers'), (chain) =>
      chain.includes('RBAC') || chain.includes('AlwaysAllow')
        ? undefined
        : {
            message: `RBAC is not among the authorizers (${chain.join(', ')})`,
            fix: advice('Bind the roles that are needed, then put RBAC among the authorizers, behind Node.', {
              breaks: 'nothing at once: one more authorizer only adds what roles already give',
            }),
          },
    )
  },
  examples: {
    bad: apiserverWith([
      '--authorization-mode=Node,ABAC',
      '--authorization-policy-file=/etc/kubernetes/abac.jsonl',
    ]),
    good: apiserverWith(['--authorization-mode=Node,RBAC']),
  },
})
