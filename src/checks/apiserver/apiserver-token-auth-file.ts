import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice, withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverTokenAuthFile = defineCheck({
  id: 'apiserver-token-auth-file',
  title: 'The API server takes passwords that stand in a file',
  severity: 'high',
  because: 'the tokens never end, stand in clear on the host, and only a restart revokes one',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'Each line of the file is a token with its user and groups. Whoever reads the file once, or a backup of it, is that user until somebody edits the file and restarts the API server.',
  references: [
    cis('1.2.2'),
    kubernetesDocs('reference/access-authn-authz/authentication/#static-token-file'),
  ],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'token-auth-file', apiserver.string('token-auth-file'), (path) =>
      path === ''
        ? undefined
        : {
            message: `tokens of \`${path}\` are accepted`,
            fix: withPrecondition(
              {
                ...(apiserver.unset?.('token-auth-file') ?? advice('Take `--token-auth-file` out.')),
                breaks: 'everybody and everything that signs in with a token of this file',
              },
              'whoever uses a token of the file has another credential (a certificate, OIDC, a service account)',
            ),
          },
    )
  },
  examples: {
    bad: apiserverWith(['--token-auth-file=/etc/kubernetes/tokens.csv']),
    good: apiserverWith(['--authorization-mode=Node,RBAC']),
  },
})
