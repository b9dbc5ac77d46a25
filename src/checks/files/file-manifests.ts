import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { holdsCredential } from './file-kinds.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const fileManifests = defineCheck({
  id: 'file-manifests',
  title: 'Others than root may change or read the manifests of static pods',
  severity: 'high',
  because:
    'who may write there runs what they like as root on the node; lower where only a group may, or where the file can be read alone',
  reach: 'host',
  appliesTo: 'host',
  why: 'The kubelet starts every manifest in this folder without asking the API server, with whatever rights it names. The folder itself is asked about by kubelet-static-pod-path.',
  references: [
    cis('1.1.1'),
    cis('1.1.2'),
    cis('1.1.3'),
    cis('1.1.4'),
    cis('1.1.5'),
    cis('1.1.6'),
    cis('1.1.7'),
    cis('1.1.8'),
    kubernetesDocs('tasks/configure-pod-container/static-pod/'),
  ],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'static pod manifest',
      what: 'manifest of a static pod',
      limit: 0o600,
      weigh: (access, file) =>
        writeWeight(access, 'high', 'medium') ??
        (holdsCredential(file) ? readWeight(access, 'high', 'medium') : readWeight(access, 'medium', 'low')),
      // Of a kubelet that was seen, another check asks about the folder.
      foldersElsewhere: ({ commands }) => commands.some(({ component }) => component === 'kubelet'),
    })
  },
  examples: {
    bad: hostWith({ '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o666 } }),
    good: hostWith({ '/etc/kubernetes/manifests/kube-apiserver.yaml': { text: '', mode: 0o600 } }),
  },
})
