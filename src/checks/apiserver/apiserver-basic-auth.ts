import { asString } from '../../model/index.js'
import { minorOf } from '../../effective/index.js'
import { defineCheck } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice, withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverBasicAuth = defineCheck({
  id: 'apiserver-basic-auth',
  title: 'The API server takes user names and passwords that stand in a file',
  severity: 'critical',
  because:
    'the passwords stand in clear and never end, and every request carries one; a version that still has this is years out of support',
  reach: 'unauthenticated',
  appliesTo: 'apiserver',
  why: 'Passwords can be guessed over the network without end, and a file of them in clear leaks with every backup. Kubernetes took the option away in 1.19.',
  references: [
    cis('1.2.2'),
    nsa('authentication'),
    kubernetesDocs('reference/access-authn-authz/authentication/'),
  ],
  evaluate(apiserver, report) {
    const gap = apiserver.setting('token-auth-file')
    if (!gap.known) return report.unknown(gap)
    const setting = apiserver.config.settings.find((each) => each.setting === 'basic-auth-file')
    if (setting === undefined || setting.value === '') return
    const minor = minorOf(apiserver.version)
    // It would not start: that is said by the check of removed flags.
    if (minor !== undefined && minor >= GONE_SINCE) return
    report.fail(flagEvidence(apiserver, 'basic-auth-file', setting.origin), {
      message: `passwords of \`${asString(setting.value) ?? ''}\` are accepted`,
      fix: withPrecondition(
        {
          ...(apiserver.unset?.('basic-auth-file') ?? advice('Take `--basic-auth-file` out.')),
          breaks: 'everybody and everything that signs in with a password of this file',
        },
        'whoever uses a password of the file has another credential (a certificate, OIDC, a service account)',
      ),
    })
  },
  examples: {
    bad: apiserverWith(['--basic-auth-file=/etc/kubernetes/users.csv'], { version: 'v1.18.20' }),
    good: apiserverWith(['--authorization-mode=Node,RBAC'], { version: 'v1.18.20' }),
  },
})

/** Source: CHANGELOG of Kubernetes 1.19, "basic authentication ... has been removed". */
const GONE_SINCE = 19
