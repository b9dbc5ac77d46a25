import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverServingCert = defineCheck({
  id: 'apiserver-serving-cert',
  title: 'The API server makes its own serving certificate',
  severity: 'medium',
  because: 'clients cannot check it, so they learn to skip the check',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'A certificate that the API server signs for itself is known to no client. Whoever connects has to take any certificate, and whoever stands in between sees every credential that is sent.',
  references: [cis('1.2.24'), kubernetesDocs('setup/best-practices/certificates/')],
  evaluate(apiserver, report) {
    for (const name of ['tls-cert-file', 'tls-private-key-file']) {
      judgeFlag(apiserver, report, name, apiserver.string(name), (path) =>
        path === ''
          ? {
              message: `\`--${name}\` is not given: the certificate is made at the start`,
              fix: advice(
                "Issue a certificate of the cluster's authority for the names and addresses of the API server, and give `--tls-cert-file` and `--tls-private-key-file` together.",
                {
                  breaks: 'clients that pinned the old certificate',
                },
              ),
            }
          : undefined,
      )
    }
  },
  examples: {
    bad: apiserverWith(['--secure-port=6443']),
    good: apiserverWith([
      '--tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
      '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
    ]),
  },
})
