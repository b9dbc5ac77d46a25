import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { advice } from '../precondition.js'
import { reportAbsent } from '../report-unseen.js'
import { runsControlPlane } from '../runs-control-plane.js'
import { hostWithCertificates } from './example-hosts.js'
import { signingKeysOf } from './signing-keys.js'

export const certCaKeyOnWorker = defineCheck({
  id: 'cert-ca-key-on-worker',
  title: 'The key of a certificate authority is on a worker',
  severity: 'critical',
  because:
    'one pod that gets out of its container makes itself an administrator of the cluster, for as long as the authority lives',
  reach: 'host',
  appliesTo: 'host',

  why: 'With the key of the cluster CA, or that of service accounts, anybody signs themselves any identity. Only the control plane signs.',
  references: [kubernetesDocs('setup/best-practices/certificates/'), cis('1.1.21')],
  evaluate(subject, report) {
    const { host } = subject
    if (!host.commands.some(({ component }) => /^(?:kubelet|k3s|rke2|k0s|kubelite)$/.test(component)))
      return report.notApplicable(`no kubelet was seen on ${host.name}`)
    if (runsControlPlane(host))
      return report.notApplicable(`${host.name} runs the control plane, which signs`)
    const keys = signingKeysOf(host)
    if (keys.length === 0 && host.files.get('/')?.mode === undefined)
      return reportAbsent(host, report, 'key of a certificate authority')
    for (const file of keys) {
      const { path, mode, uid, gid } = file
      const message = `\`${path}\` is on ${host.name}, which runs no control plane`
      report.fail(
        {
          origin:
            mode === undefined
              ? { kind: 'file', host: host.name, file: path }
              : { kind: 'stat', host: host.name, file: path, mode, uid: uid ?? 0, gid: gid ?? 0 },
          key: path,
          message,
        },
        {
          message,
          fix: advice(
            `Destroy ${path} on ${host.name}, find out how it came there, and change the authority: whoever was on this host may have it.`,
          ),
        },
      )
    }
  },
  examples: {
    bad: hostWithCertificates({ '/etc/kubernetes/pki/ca.key': { text: '', mode: 0o600 } }, [
      '/usr/bin/kubelet',
    ]),
    good: hostWithCertificates({ '/etc/kubernetes/pki/ca.crt': '' }, ['/usr/bin/kubelet']),
  },
})
