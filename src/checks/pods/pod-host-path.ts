import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { advice } from '../precondition.js'
import { HARDENED, podWith } from './example-pod.js'
import { judgePod } from './judge-pod.js'

export const podHostPath = defineCheck({
  id: 'pod-host-path',
  title: 'A pod mounts a folder of the node',
  severity: 'high',
  because: 'what stands in the folder decides; a writable system folder is the node',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A hostPath volume reads or changes files of the node past every other barrier, and outlives the pod.',
  references: [cis('5.2.11'), podSecurity('HostPath Volumes')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['hostPathVolumes'],
      reads: [{ of: 'pod', path: ['volumes', '*', 'hostPath', 'path'], type: 'string' }],
      severity: 'high',
      judge: (place) => ({
        message: `\`${inWords(place.value)}\` of the node is mounted`,
        fix: advice(
          'Use a volume of another type (PersistentVolumeClaim, ConfigMap, Secret, emptyDir); where it must be this folder, a local PersistentVolume, mounted read-only.',
          { breaks: 'the program finds no files until they are moved' },
        ),
      }),
    })
  },
  examples: {
    bad: podWith('', `volumes:\n  - name: data\n    hostPath:\n      path: /srv/data`),
    good: podWith(HARDENED),
  },
})
