import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { advice } from '../precondition.js'
import { unknown } from '../../model/index.js'
import { reportAbsent } from '../report-unseen.js'
import { CERTIFICATES, seedKey } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { keyPairsOf } from '../../certificates/index.js'

export const certKeyMismatch = defineCheck({
  id: 'cert-key-mismatch',
  title: 'A certificate and its private key do not belong together',
  severity: 'high',
  because: 'what is given the pair does not start, or keeps an earlier pair until its next start',
  reach: 'host',
  appliesTo: 'host',

  why: 'One of the two was replaced without the other. The component runs on what it read before, and fails when it starts.',
  references: [kubernetesDocs('setup/best-practices/certificates/')],
  evaluate(subject, report) {
    const { host } = subject
    const pairs = keyPairsOf(host)
    if (pairs.length === 0) return reportAbsent(host, report, 'certificate together with its private key')
    const unread = pairs.filter(({ fits }) => fits === undefined).map(({ key }) => key)
    if (unread.length > 0)
      report.unknown(
        unknown(
          'unreadable',
          `which key is in \`${unread.sort()[0] ?? ''}\` could not be told on ${host.name}`,
        ),
      )
    for (const { certificate, key, fits, line } of pairs) {
      if (fits !== false) continue
      const message =
        certificate === key
          ? `the key in \`${key}\` is not that of its certificate`
          : `the key in \`${key}\` is not that of \`${certificate}\``
      report.fail(
        { origin: { kind: 'file', host: host.name, file: certificate, line }, key: certificate, message },
        {
          message,
          fix: advice(
            `Find out which of the two is the right one (which a component reports at its start), and put its other half back, or have both made anew.`,
          ),
        },
      )
    }
  },
  examples: {
    bad: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.seedServer,
      '/etc/kubernetes/pki/apiserver.key': { text: seedKey(2), mode: 0o600 },
    }),
    good: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.seedServer,
      '/etc/kubernetes/pki/apiserver.key': { text: seedKey(1), mode: 0o600 },
    }),
  },
})
