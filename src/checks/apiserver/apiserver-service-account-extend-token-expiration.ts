import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverServiceAccountExtendTokenExpiration = defineCheck({
  id: 'apiserver-service-account-extend-token-expiration',
  title: 'Tokens in pods are good for a year',
  severity: 'low',
  because:
    'the kubelet renews them every hour all the same, and they end with their pod; it matters once one leaks while the pod lives',
  reach: 'pod',
  appliesTo: 'apiserver',
  why: 'Pods ask for tokens of one hour. With the extension the API server issues them for a year, for clients that read the file only once; whoever copies one has that long.',
  references: [cis('1.2.30'), kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    const name = 'service-account-extend-token-expiration'
    judgeFlag(apiserver, report, name, apiserver.boolean(name), (on) =>
      on
        ? {
            message: 'tokens of pods are issued for a year',
            fix: withPrecondition(
              {
                ...apiserver.change(name, false),
                breaks:
                  'old clients that read their token once and never again: they are refused after an hour',
              },
              'no client still uses a token past its hour (metric serviceaccount_stale_tokens_total stays at 0)',
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=Node,RBAC']),
    good: apiserverWith(['--service-account-extend-token-expiration=false']),
  },
})
