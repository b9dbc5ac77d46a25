import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { advice } from '../precondition.js'
import { HARDENED, podWith } from './example-pod.js'
import { hostVolumeAt } from './host-volume.js'
import { judgePod } from './judge-pod.js'

export const podHostPath = defineCheck({
  id: 'pod-host-path',
  title: 'A pod mounts a folder of the node',
  severity: 'high',
  because:
    'it outlives the pod and is shared with whatever else uses it on the node; low for read-only public files',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A hostPath volume reads or changes files of the node past every other barrier, and outlives the pod.',
  references: [cis('5.2.11'), podSecurity('HostPath Volumes')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['hostPathVolumes'],
      reads: [{ of: 'pod', path: ['volumes', '*', 'hostPath', 'path'], type: 'string' }],
      severity: 'high',
      judge: (place, subject) => {
        const volume = hostVolumeAt(subject.template, place)
        // pod-runtime-socket and pod-sensitive-host-path speak for the places that are the node.
        if (volume?.danger !== undefined) return undefined
        return {
          message: `\`${inWords(place.value)}\` of the node is mounted`,
          ...(volume?.harmless === true
            ? {
                severity: 'low' as const,
                because: 'the mount is read-only, and the folder holds nothing but public files',
              }
            : {}),
          fix: advice(
            'Use a volume of another type (PersistentVolumeClaim, ConfigMap, Secret, emptyDir); where it must be this folder, a local PersistentVolume, mounted read-only.',
            { breaks: 'the program finds no files until they are moved' },
          ),
        }
      },
    })
  },
  examples: {
    bad: podWith('', `volumes:\n  - name: data\n    hostPath:\n      path: /srv/data`),
    good: podWith(HARDENED),
  },
})
