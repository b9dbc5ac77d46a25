import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverServiceAccountKeyFile = defineCheck({
  id: 'apiserver-service-account-key-file',
  title: 'Tokens of service accounts are checked with a key that has another use',
  severity: 'medium',
  because: 'who gets that key for its other use can make tokens for every service account',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'A key that signs tokens should do only that: one that also serves TLS lies in more places, changes on another day, and when it leaks every service account is forged with it.',
  references: [cis('1.2.22'), kubernetesDocs('reference/access-authn-authz/service-accounts-admin/')],
  evaluate(apiserver, report) {
    const signer = apiserver.string('service-account-signing-endpoint')
    if (signer.known && signer.value !== '') {
      return report.notApplicable('an external signer holds the keys of service accounts')
    }
    judgeFlag(
      apiserver,
      report,
      'service-account-key-file',
      apiserver.strings('service-account-key-file'),
      (files) => {
        if (files.length === 0) {
          return {
            message:
              '`--service-account-key-file` is not given: where the API server starts at all, the key of its TLS certificate is used',
            fix: FIX,
          }
        }
        const shared = OTHER_USES.flatMap((name) => {
          const path = apiserver.string(name)
          return path.known && files.includes(path.value)
            ? [`\`${path.value}\` is the file of \`--${name}\` too`]
            : []
        })
        return shared.length === 0 ? undefined : { message: shared.join(', '), fix: FIX }
      },
    )
  },
  examples: {
    bad: apiserverWith([
      '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
      '--service-account-key-file=/etc/kubernetes/pki/apiserver.key',
    ]),
    good: apiserverWith([
      '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
      '--service-account-key-file=/etc/kubernetes/pki/sa.pub',
    ]),
  },
})

/** Flags that name a key or certificate of another use. */
const OTHER_USES = [
  'tls-private-key-file',
  'tls-cert-file',
  'client-ca-file',
  'etcd-keyfile',
  'etcd-certfile',
  'kubelet-client-key',
  'kubelet-client-certificate',
  'proxy-client-key-file',
  'proxy-client-cert-file',
  'requestheader-client-ca-file',
]

const FIX = advice(
  'Make a pair of keys for this alone. Give its public key with one more `--service-account-key-file` beside the old one on every API server, then sign with it (`--service-account-signing-key-file`, and `--service-account-private-key-file` of the controller manager), and take the old one out once the old tokens have ended.',
  { breaks: 'every token that the old key signed, if it is taken out at once' },
)
