import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { holdsCredential } from './file-kinds.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const kubeletUnitFile = defineCheck({
  id: 'kubelet-unit-file',
  title: 'Others than root may change how the kubelet is started',
  severity: 'medium',
  because:
    'who changes it runs what they like as root at the next start; low where it can only be read and holds no secret, as distributions ship it',
  reach: 'host',
  appliesTo: 'host',
  why: 'The unit, its drop-ins and its environment files are what systemd runs as root.',
  references: [cis('4.1.1'), cis('4.1.2'), kubernetesDocs('reference/command-line-tools-reference/kubelet/')],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'kubelet unit',
      what: 'unit or environment file of a kubelet',
      limit: 0o600,
      weigh: (access, file) =>
        writeWeight(access, 'medium', 'medium') ??
        (holdsCredential(file) ? readWeight(access, 'medium', 'medium') : readWeight(access, 'low', 'low')),
      resetBy: () => 'An upgrade of the package sets the mode back.',
    })
  },
  examples: {
    bad: hostWith({ '/usr/lib/systemd/system/kubelet.service': { text: '', mode: 0o666 } }),
    good: hostWith({ '/usr/lib/systemd/system/kubelet.service': { text: '', mode: 0o600 } }),
  },
})
