import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { kubernetesDocs, nsa, stig } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverTlsMinVersion = defineCheck({
  id: 'apiserver-tls-min-version',
  title: 'The API server accepts old versions of TLS',
  severity: 'medium',
  because: 'only clients that ask for them use them; an attack needs a place on the path',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'TLS 1.0 and 1.1 rest on hashes and modes that are broken, and are refused by every current client. Without the flag the API server asks for 1.2.',
  references: [
    nsa('TLS'),
    stig('TLS version'),
    kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/'),
  ],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'tls-min-version', apiserver.string('tls-min-version'), (version) =>
      /^VersionTLS1[01]$/.test(version)
        ? {
            message: `clients may use ${version.replace('VersionTLS1', 'TLS 1.')}`,
            fix: {
              ...apiserver.change('tls-min-version', 'VersionTLS12'),
              breaks: 'clients that know no TLS 1.2',
            },
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--tls-min-version=VersionTLS10']),
    good: apiserverWith(['--tls-min-version=VersionTLS12']),
  },
})
