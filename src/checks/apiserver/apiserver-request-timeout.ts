import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverRequestTimeout = defineCheck({
  id: 'apiserver-request-timeout',
  title: 'The API server lets requests run without a sensible end',
  severity: 'low',
  because: 'it needs many slow requests at once to be felt',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Requests that never end, or only after very long, hold memory and places in the queues: whoever may send some can slow the API server down for all.',
  references: [cis('1.2.20'), kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'request-timeout', apiserver.seconds('request-timeout'), (seconds) =>
      seconds > 0 && seconds <= LONGEST
        ? undefined
        : {
            message: seconds > 0 ? `requests may take ${seconds} s` : 'requests are cut off at once or never',
            fix: apiserver.change('request-timeout', '60s'),
          },
    )
  },
  examples: {
    bad: apiserverWith(['--request-timeout=1h']),
    good: apiserverWith(['--request-timeout=60s']),
  },
})

/** Seconds. */
const LONGEST = 300
