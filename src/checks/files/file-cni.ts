import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { holdsCredential } from './file-kinds.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const fileCni = defineCheck({
  id: 'file-cni',
  title: 'Others than root may change the configuration of the pod network',
  severity: 'medium',
  because:
    'the runtime runs the plug-ins that it names as root for every pod; low where the file can only be read and holds no credential',
  reach: 'host',
  appliesTo: 'host',
  why: 'Who changes these files chooses what runs as root whenever a pod starts, or cuts pods off the network.',
  references: [
    cis('1.1.9'),
    cis('1.1.10'),
    kubernetesDocs('concepts/extend-kubernetes/compute-storage-net/network-plugins/'),
  ],
  evaluate(subject, report) {
    judgeFiles(subject, report, {
      kind: 'CNI configuration',
      what: 'configuration of a network plug-in',
      limit: 0o600,
      weigh: (access, file) =>
        writeWeight(access, 'medium', 'medium') ??
        (holdsCredential(file) ? readWeight(access, 'medium', 'medium') : readWeight(access, 'low', 'low')),
      resetBy: () =>
        'The network plug-in writes the file again when it starts; set the mode in its own settings where it has one.',
    })
  },
  examples: {
    bad: hostWith({ '/etc/cni/net.d/10-calico.conflist': { text: '{}', mode: 0o666 } }),
    good: hostWith({ '/etc/cni/net.d/10-calico.conflist': { text: '{}', mode: 0o600 } }),
  },
})
