import { asList, field, inWords, isObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, podSecurity } from '../references.js'
import { askPod } from './ask-pod.js'
import { podWith } from './example-pod.js'

export const podFlexVolume = defineCheck({
  id: 'pod-flex-volume',
  title: 'A pod uses a FlexVolume',
  severity: 'high',
  because: 'the kubelet runs a program of the node as root with options that the pod chooses',
  reach: 'user',
  appliesTo: 'workload',
  why: 'FlexVolume drivers are scripts on the node that run as root and take what the pod writes into `options`. They are deprecated since 1.23 and hardly maintained.',
  references: [podSecurity('Volume Types'), kubernetesDocs('concepts/storage/volumes/#flexvolume')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [{ of: 'pod', path: ['volumes', '*', 'flexVolume', 'driver'], type: 'string' }],
      severity: 'high',
      judge: ({ template }) =>
        asList(template.spec.volumes).flatMap((volume, index) => {
          const flex = field(volume, 'flexVolume')
          if (!isObject(flex)) return []
          return [
            {
              message: `volume \`${inWords(field(volume, 'name'))}\` is mounted by FlexVolume driver \`${inWords(flex.driver)}\``,
              at: ['spec', 'volumes', index, 'flexVolume'],
              fix: advice('Use the CSI driver of this storage, through a PersistentVolumeClaim.', {
                breaks: 'the volume until its data was moved',
              }),
            },
          ]
        }),
    })
  },
  examples: {
    bad: podWith('', 'volumes:\n  - name: data\n    flexVolume:\n      driver: example/nfs'),
    good: podWith('', 'volumes:\n  - name: data\n    persistentVolumeClaim:\n      claimName: data'),
  },
})
