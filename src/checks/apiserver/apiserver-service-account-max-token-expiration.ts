import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverServiceAccountMaxTokenExpiration = defineCheck({
  id: 'apiserver-service-account-max-token-expiration',
  title: 'Service account tokens may be asked for with any lifetime',
  severity: 'low',
  because: 'only those who may create tokens ask for long ones; nothing is opened that was closed',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Without a limit `kubectl create token --duration` gives tokens for years, which nobody sees afterwards and which end only with their account.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    const name = 'service-account-max-token-expiration'
    judgeFlag(apiserver, report, name, apiserver.seconds(name), (seconds) =>
      seconds > 0
        ? undefined
        : {
            message: 'tokens may be asked for with any lifetime',
            fix: {
              ...apiserver.change(name, '24h'),
              breaks: 'clients that asked for a longer token and do not renew it: theirs end after a day',
            },
          },
    )
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=Node,RBAC']),
    good: apiserverWith(['--service-account-max-token-expiration=24h']),
  },
})
