import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverAuthorizationAbac = defineCheck({
  id: 'apiserver-authorization-abac',
  title: 'The API server takes rights from a file of policies (ABAC)',
  severity: 'medium',
  because: 'the file is seen by nobody in the cluster and changes only with a restart',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'What an ABAC policy gives stands in no object: no review of roles finds it, the audit of the cluster does not see it change, and taking a right away needs a restart on every host of the control plane.',
  references: [kubernetesDocs('reference/access-authn-authz/abac/')],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'authorization-mode', apiserver.strings('authorizers'), (chain) =>
      chain.includes('ABAC')
        ? {
            message: 'ABAC is among the authorizers',
            fix: advice(
              'Write what the policy file gives as roles and bindings, then take ABAC out of the authorizers together with `--authorization-policy-file`.',
              { breaks: 'everybody whose rights stand in the policy file alone' },
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith([
      '--authorization-mode=Node,RBAC,ABAC',
      '--authorization-policy-file=/etc/kubernetes/abac.jsonl',
    ]),
    good: apiserverWith(['--authorization-mode=Node,RBAC']),
  },
})
