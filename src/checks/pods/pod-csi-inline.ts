import harmless from '../../../data/csi-inline-drivers.json' with { type: 'json' }
import type { ObjectIndex } from '../../kube/index.js'
import { asList, asString, isObject, field, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askPod } from './ask-pod.js'
import { podWith } from './example-pod.js'

const HARMLESS = new Set(harmless.drivers.map(({ name }) => name))

/**
 * Whether the administrator declared a driver safe for pods that are held to baseline or restricted.
 * Source: openshift api, label of CSIVolumeAdmission; without it such drivers count as privileged.
 */
function isDeclaredSafe(index: ObjectIndex, driver: string): boolean {
  const object = index.get('storage.k8s.io', 'CSIDriver', '', driver)
  const label = ['metadata', 'labels', 'security.openshift.io/csi-ephemeral-volume-profile']
  return ['baseline', 'restricted'].includes(asString(valueAt(object?.content, label)) ?? '')
}

export const podCsiInline = defineCheck({
  id: 'pod-csi-inline',
  title: 'A pod describes a CSI volume itself',
  severity: 'medium',
  because:
    'the driver acts as root on the node with attributes that the pod chooses, past PersistentVolumes and quotas',
  reach: 'user',
  appliesTo: 'workload',
  why: 'With an inline volume whoever may create pods tells the driver what to mount: a share of another team, a bucket, a device. PersistentVolumes leave that to an administrator.',
  references: [kubernetesDocs('concepts/storage/ephemeral-volumes/#csi-driver-restrictions')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [{ of: 'pod', path: ['volumes', '*', 'csi', 'driver'], type: 'string' }],
      severity: 'medium',
      judge: ({ template, index }) =>
        asList(template.spec.volumes).flatMap((volume, at) => {
          const csi = field(volume, 'csi')
          if (!isObject(csi)) return []
          const driver = asString(csi.driver) ?? ''
          if (HARMLESS.has(driver) || isDeclaredSafe(index, driver)) return []
          return [
            {
              message: `driver \`${driver}\` mounts what the pod asks for`,
              at: ['spec', 'volumes', at, 'csi'],
              fix: advice(
                'Make a PersistentVolume of it and use a claim; where the driver is safe in every hand, take it out by an admission policy that names it.',
                { breaks: 'the volume until the claim is bound' },
              ),
            },
          ]
        }),
    })
  },
  examples: {
    bad: podWith('', 'volumes:\n  - name: data\n    csi:\n      driver: file.csi.azure.com'),
    good: podWith('', 'volumes:\n  - name: data\n    csi:\n      driver: secrets-store.csi.k8s.io'),
  },
})
