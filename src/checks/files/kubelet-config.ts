import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { holdsCredential } from './file-kinds.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const kubeletConfig = defineCheck({
  id: 'kubelet-config',
  title: 'Others than root may change the configuration of the kubelet',
  severity: 'medium',
  because:
    'who changes it opens the kubelet at its next start; low where it can only be read, as distributions ship it',
  reach: 'host',
  appliesTo: 'host',
  why: 'Authentication and authorization of the kubelet are what this file and its drop-ins say.',
  references: [cis('4.1.9'), cis('4.1.10'), kubernetesDocs('tasks/administer-cluster/kubelet-config-file/')],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'kubelet configuration',
      what: 'configuration file of a kubelet',
      limit: 0o600,
      weigh: (access, file) =>
        writeWeight(access, 'medium', 'medium') ??
        (holdsCredential(file) ? readWeight(access, 'medium', 'medium') : readWeight(access, 'low', 'low')),
    })
  },
  examples: {
    bad: hostWith({ '/var/lib/kubelet/config.yaml': { text: 'kind: KubeletConfiguration\n', mode: 0o666 } }),
    good: hostWith({ '/var/lib/kubelet/config.yaml': { text: 'kind: KubeletConfiguration\n', mode: 0o600 } }),
  },
})
