import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverAuthorizationNode = defineCheck({
  id: 'apiserver-authorization-node',
  title: 'The API server does not hold nodes to their own objects',
  severity: 'medium',
  because: 'a kubelet then needs a role over all nodes, so that one taken node may read the Secrets of all',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'The Node authorizer gives a kubelet what its own pods need and no more. Without it nodes need roles that cannot tell one node from another.',
  references: [cis('1.2.7'), kubernetesDocs('reference/access-authn-authz/node/')],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'authorization-mode', apiserver.strings('authorizers'), (chain) =>
      chain.includes('Node') || chain.includes('AlwaysAllow')
        ? undefined
        : {
            message: `Node is not among the authorizers (${chain.join(', ')})`,
            fix: chain.includes('RBAC')
              ? apiserver.change('authorization-mode', ['Node', ...chain])
              : advice('Put Node first among the authorizers.'),
          },
    )
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=RBAC']),
    good: apiserverWith(['--authorization-mode=Node,RBAC']),
  },
})
