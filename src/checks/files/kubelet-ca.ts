import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { judgeFiles } from './judge-files.js'
import { writeWeight } from './weights.js'

export const kubeletCa = defineCheck({
  id: 'kubelet-ca',
  title: 'Others than root may change whom the kubelet trusts',
  severity: 'medium',
  because:
    'who adds a certificate authority is let in by the kubelet; high where the API server trusts the same file',
  reach: 'host',
  appliesTo: 'host',
  why: 'The kubelet lets in whoever has a certificate of this authority.',
  references: [
    cis('4.1.7'),
    cis('4.1.8'),
    kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/'),
  ],
  evaluate(subject, report) {
    const severity = subject.host.commands.some(({ component }) => component === 'kube-apiserver')
      ? 'high'
      : 'medium'
    judgeFiles(subject, report, {
      kind: 'kubelet CA',
      what: 'certificate authority that a kubelet trusts',
      limit: 0o644,
      owners: ['kube'],
      weigh: (access) => writeWeight(access, severity, severity),
      // file-pki-dir asks about the folders.
      foldersElsewhere: () => true,
    })
  },
  examples: {
    bad: hostWith({
      '/var/lib/kubelet/config.yaml': {
        text: 'kind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\n',
        mode: 0o600,
      },
      '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o666 },
    }),
    good: hostWith({
      '/var/lib/kubelet/config.yaml': {
        text: 'kind: KubeletConfiguration\nauthentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\n',
        mode: 0o600,
      },
      '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o644 },
    }),
  },
})
