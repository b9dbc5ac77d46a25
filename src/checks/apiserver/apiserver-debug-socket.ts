import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverDebugSocket = defineCheck({
  id: 'apiserver-debug-socket',
  title: 'The API server serves profiles on a socket that asks for nothing',
  severity: 'medium',
  because: 'whoever may open the socket on the host reads what RBAC guards elsewhere',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'The socket serves profiles and lets the log level be changed without authentication and authorization: only the permissions of the file hold anybody back.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'debug-socket-path', apiserver.string('debug-socket-path'), (path) =>
      path === ''
        ? undefined
        : {
            message: `profiles are served on \`${path}\``,
            fix: apiserver.unset?.('debug-socket-path') ?? advice('Take `--debug-socket-path` out.'),
          },
    )
  },
  examples: {
    bad: apiserverWith(['--debug-socket-path=/var/run/kube-apiserver-debug.sock']),
    good: apiserverWith(['--profiling=false']),
  },
})
