import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { advice } from '../precondition.js'
import { HARDENED, podWith } from './example-pod.js'
import { judgePod } from './judge-pod.js'

export const podVolumeTypes = defineCheck({
  id: 'pod-volume-types',
  title: 'A pod uses a volume type that restricted pods may not',
  severity: 'low',
  because: 'hygiene: the node mounts a storage that the pod names itself',
  reach: 'user',
  appliesTo: 'workload',
  why: 'Volume types that name their server let whoever creates pods mount storage past the checks on PersistentVolumes.',
  references: [podSecurity('Volume Types')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['restrictedVolumes'],
      reads: [{ of: 'pod', path: ['volumes', '*'], type: 'mapping' }],
      severity: 'low',
      judge: (place) =>
        // hostPath and flexVolume have checks of their own; a volume without a type becomes an emptyDir.
        // Source: kubernetes v1.36.2 pkg/apis/core/v1/defaults.go, SetDefaults_Volume.
        place.value === 'hostPath' || place.value === 'flexVolume' || place.path.length === 3
          ? undefined
          : {
              message: `a volume of type ${inWords(place.value)}`,
              fix: advice('Make a PersistentVolume of it and use a claim.'),
            },
    })
  },
  examples: {
    bad: podWith('', `volumes:\n  - name: data\n    nfs:\n      server: nas\n      path: /x`),
    good: podWith(HARDENED),
  },
})
