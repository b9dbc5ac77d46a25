import { asList, field } from '../../model/index.js'
import type { ViolationPlace } from '../../kube/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { changePod } from './change-pod.js'
import { podWith } from './example-pod.js'
import { askContainers } from './ask-pod.js'
import { moved } from './move-severity.js'

export const podMountPropagation = defineCheck({
  id: 'pod-mount-propagation',
  title: 'A container makes mounts that the node sees',
  severity: 'high',
  because: 'mounts of the container appear on the node and in other pods; only storage drivers need it',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'With Bidirectional propagation whoever takes the container mounts file systems over folders of the node, where they stay after the pod is gone.',
  references: [kubernetesDocs('concepts/storage/volumes/#mount-propagation')],
  evaluate(workload, report) {
    askContainers(workload, report, {
      reads: [{ of: 'container', path: ['volumeMounts', '*', 'mountPropagation'], type: 'string' }],
      severity: 'high',
      judge: (container, subject) =>
        asList(container.spec.volumeMounts).flatMap((mount, index) => {
          if (field(mount, 'mountPropagation') !== 'Bidirectional') return []
          const at = ['volumeMounts', index, 'mountPropagation']
          const path = [...container.podPath, ...at]
          return [
            {
              message: `container \`${container.name}\` propagates its mounts to the node`,
              at,
              ...expected(subject, { path, container: container.name }),
              fix: changePod(subject, {
                op: 'set',
                path,
                value: 'HostToContainer',
                text: 'Set `mountPropagation: HostToContainer`.',
                breaks: 'a driver that mounts volumes for other pods',
              }),
            },
          ]
        }),
    })
  },
  examples: {
    bad: podWith(
      'securityContext: {privileged: true}\nvolumeMounts:\n  - name: data\n    mountPath: /data\n    mountPropagation: Bidirectional',
    ),
    good: podWith(
      'volumeMounts:\n  - name: data\n    mountPath: /data\n    mountPropagation: HostToContainer',
    ),
  },
})

/** Only privileged containers may: what admission does about those, it does about this. */
function expected(subject: WorkloadSubject, place: ViolationPlace): object {
  const { severity, because } = moved(subject, 'privileged', place, { severity: 'high' })
  return because === undefined ? {} : { severity, because }
}
