import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverAuthorizationAlwaysAllow = defineCheck({
  id: 'apiserver-authorization-always-allow',
  title: 'The API server allows every request',
  severity: 'critical',
  because: 'nobody is refused: any credential, of a pod as of a node, is administrator',
  reach: 'pod',
  appliesTo: 'apiserver',
  why: 'AlwaysAllow answers yes to everything that no authorizer before it decided. Without `--authorization-mode` and `--authorization-config` it is the only authorizer.',
  references: [cis('1.2.6'), kubernetesDocs('reference/access-authn-authz/authorization/')],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'authorization-mode', apiserver.strings('authorizers'), (chain) =>
      chain.includes('AlwaysAllow')
        ? {
            message:
              chain.length === 1
                ? 'no request is refused: AlwaysAllow is the only authorizer'
                : `no request is refused: AlwaysAllow is among the authorizers (${chain.join(', ')})`,
            fix: withPrecondition(
              {
                ...apiserver.change('authorization-mode', ['Node', 'RBAC']),
                breaks: 'everybody and everything to whom no role is bound',
              },
              'people, nodes and pods have the roles that they need, and one administrator can sign in with a certificate of system:masters',
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--secure-port=6443']),
    good: apiserverWith(['--authorization-mode=Node,RBAC']),
  },
})
