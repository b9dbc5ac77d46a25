import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs, podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { hostVolumeAt } from './host-volume.js'
import { judgePod } from './judge-pod.js'

export const podRuntimeSocket = defineCheck({
  id: 'pod-runtime-socket',
  title: 'A pod reaches the socket of the container runtime',
  severity: 'critical',
  because:
    'who speaks to the runtime starts containers with any right on the node; a read-only mount does not hinder that',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'The runtime does what the socket asks, past the API server and all admission: a container with the whole node mounted is one request away. Connecting needs no right to write to the file system.',
  references: [
    cis('5.2.11'),
    podSecurity('HostPath Volumes'),
    kubernetesDocs('concepts/storage/volumes/#hostpath'),
  ],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['hostPathVolumes'],
      reads: [{ of: 'pod', path: ['volumes', '*', 'hostPath', 'path'], type: 'string' }],
      severity: 'critical',
      judge: (place, subject) => {
        if (hostVolumeAt(subject.template, place)?.danger?.kind !== 'socket') return undefined
        return {
          message: `\`${inWords(place.value)}\` leads to the socket of the container runtime`,
          fix: advice(
            'Take the mount away. Build images with a builder that needs no runtime (BuildKit rootless, a build service); read metrics and logs from the kubelet or the API.',
            { breaks: 'what the program asks of the runtime' },
          ),
        }
      },
    })
  },
  examples: {
    bad: podWith('', `volumes:\n  - name: docker\n    hostPath:\n      path: /var/run/docker.sock`),
    good: podWith(HARDENED),
  },
})
