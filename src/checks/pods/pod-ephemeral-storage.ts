import { limitOf, type PodTemplate } from '../../kube/index.js'
import { asList, field, isObject, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askContainers } from './ask-pod.js'
import { podWith } from './example-pod.js'

/** Names of the emptyDir volumes on the disk of the node that may grow without end. */
function unboundedFolders({ spec }: PodTemplate): unknown[] {
  return asList(spec.volumes).flatMap((volume) => {
    const folder = field(volume, 'emptyDir')
    const bounded = isObject(folder) && (folder.medium === 'Memory' || folder.sizeLimit !== undefined)
    return folder === undefined || bounded ? [] : [field(volume, 'name')]
  })
}

export const podEphemeralStorage = defineCheck({
  id: 'pod-ephemeral-storage',
  title: 'A container may fill the disk of its node',
  severity: 'info',
  because: 'advice: a full disk makes the kubelet evict pods, which it does by itself before the node stops',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Without a limit a program writes to its root file system and to emptyDir volumes until the node has no space left; pods of others are evicted with it.',
  references: [kubernetesDocs('concepts/configuration/manage-resources-containers/#local-ephemeral-storage')],
  evaluate(workload, report) {
    const folders = unboundedFolders(workload.template)
    askContainers(workload, report, {
      reads: [
        { of: 'container', path: ['resources', 'limits'], type: 'mapping' },
        { of: 'container', path: ['volumeMounts', '*'], type: 'mapping' },
        { of: 'pod', path: ['volumes', '*'], type: 'mapping' },
      ],
      severity: 'info',
      of: ['init', 'container'],
      judge(container, { object, template, index }) {
        const writes =
          valueAt(container.spec, ['securityContext', 'readOnlyRootFilesystem']) !== true ||
          asList(container.spec.volumeMounts).some((mount) => folders.includes(field(mount, 'name')))
        if (!writes) return undefined
        if (limitOf(index, object.ref.namespace, template, container, 'ephemeral-storage')) return undefined
        return {
          message: `container \`${container.name}\` may write to the disk of its node without a limit`,
          at: ['resources', 'limits', 'ephemeral-storage'],
          fix: advice(
            'Set `resources.limits.ephemeral-storage`, or make the root file system read-only and give emptyDir volumes a `sizeLimit`.',
            { breaks: 'a pod that writes more is evicted' },
          ),
        }
      },
    })
  },
  examples: {
    bad: podWith(''),
    good: podWith('resources:\n  limits:\n    ephemeral-storage: 1Gi'),
  },
})
