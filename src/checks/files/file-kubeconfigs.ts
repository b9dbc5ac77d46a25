import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith, KUBECONFIG_WITH_TOKEN } from './example-files.js'
import { holdsCredential } from './file-kinds.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const fileKubeconfigs = defineCheck({
  id: 'file-kubeconfigs',
  title: 'Others than root may read or change a kubeconfig of the control plane',
  severity: 'high',
  because:
    'who reads it is that component or administrator; lower for a group, and where the file names its credential without holding it',
  reach: 'host',
  appliesTo: 'host',
  why: 'These kubeconfigs hold the credentials of administrators and components. A changed one sends its component to another server.',
  references: [
    cis('1.1.13'),
    cis('1.1.14'),
    cis('1.1.15'),
    cis('1.1.16'),
    cis('1.1.17'),
    cis('1.1.18'),
    cis('4.1.3'),
    cis('4.1.4'),
    kubernetesDocs('concepts/configuration/organize-cluster-access-kubeconfig/'),
  ],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'kubeconfig',
      what: 'kubeconfig of an administrator or a component',
      limit: 0o600,
      weigh: (access, file) =>
        writeWeight(access, 'high', 'medium') ??
        (holdsCredential(file) ? readWeight(access, 'high', 'medium') : readWeight(access, 'low', 'low')),
      resetBy: ({ distribution }) =>
        distribution === 'k3s' || distribution === 'rke2'
          ? `${distribution} sets the mode of its kubeconfig at every start: \`write-kubeconfig-mode\` in /etc/rancher/${distribution}/config.yaml has to agree.`
          : undefined,
    })
  },
  examples: {
    bad: hostWith({ '/etc/kubernetes/admin.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644 } }),
    good: hostWith({ '/etc/kubernetes/admin.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o600 } }),
  },
})
