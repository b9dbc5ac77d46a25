import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs, nsa, podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { hostVolumeAt } from './host-volume.js'
import { judgePod } from './judge-pod.js'

export const podSensitiveHostPath = defineCheck({
  id: 'pod-sensitive-host-path',
  title: 'A pod reaches a place that is the node, or its credentials',
  severity: 'critical',
  because:
    'by place: the root, settings, credentials, processes and devices of the node are the node; high for logs, kernel switches and programs; one step lower when read-only and without secrets',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Whoever takes the container writes a job, a key or a module, or reads the credentials of the kubelet or of the cluster. A read-only mount does not cover file systems that are mounted below it.',
  references: [
    cis('5.2.11'),
    nsa('pod security'),
    podSecurity('HostPath Volumes'),
    kubernetesDocs('concepts/storage/volumes/#hostpath'),
  ],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['hostPathVolumes'],
      reads: [{ of: 'pod', path: ['volumes', '*', 'hostPath', 'path'], type: 'string' }],
      severity: 'critical',
      judge: (place, subject) => {
        const volume = hostVolumeAt(subject.template, place)
        if (volume?.danger?.kind !== 'system') return undefined
        const { danger, severity = danger.severity, because = `it holds ${danger.what}`, readOnly } = volume
        return {
          message: `\`${inWords(place.value)}\` of the node is mounted${readOnly ? ' read-only' : ''}: ${danger.what}`,
          severity,
          because,
          fix: advice(
            'Mount only the file or folder that the program needs, read-only (`recursiveReadOnly: Enabled` from 1.33), or take what it needs from the API.',
            { breaks: 'what the program reads or writes there' },
          ),
        }
      },
    })
  },
  examples: {
    bad: podWith('', `volumes:\n  - name: host\n    hostPath:\n      path: /`),
    good: podWith(HARDENED),
  },
})
