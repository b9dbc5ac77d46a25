import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverRequestLimits = defineCheck({
  id: 'apiserver-request-limits',
  title: 'The API server does not limit how many requests it takes at once',
  severity: 'info',
  because: 'a client that floods it is held back by nothing; it takes many requests to be felt',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Priority and fairness keep places for the control plane when one client asks too much. Switched off, or without a limit, a single client can make the API server unusable for all.',
  references: [kubernetesDocs('concepts/cluster-administration/flow-control/')],
  evaluate(apiserver, report) {
    judgeFlag(
      apiserver,
      report,
      'enable-priority-and-fairness',
      apiserver.boolean('enable-priority-and-fairness'),
      (on) =>
        on
          ? undefined
          : {
              message: 'priority and fairness are off',
              fix: apiserver.change('enable-priority-and-fairness', true),
            },
    )
    for (const [name, limit] of LIMITS) {
      judgeFlag(apiserver, report, name, apiserver.number(name), (value) =>
        value === 0
          ? { message: `\`--${name}\` is 0: no limit`, fix: apiserver.change(name, limit) }
          : undefined,
      )
    }
  },
  examples: {
    bad: apiserverWith(['--enable-priority-and-fairness=false']),
    good: apiserverWith(['--authorization-mode=Node,RBAC']),
  },
})

/** The defaults. */
const LIMITS = [
  ['max-requests-inflight', 400],
  ['max-mutating-requests-inflight', 200],
] as const
