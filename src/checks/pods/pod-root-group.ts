import { asList, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askContainers, askPod, type PlaceFault } from './ask-pod.js'
import { podWith } from './example-pod.js'

const FIX = advice('Name a group other than 0 that owns the files which the program needs.', {
  breaks: 'files that belong to group 0 alone, as in images made for OpenShift',
})

function fault(name: string, of: string): PlaceFault {
  return { message: `${of} is in group 0 by ${name}`, at: ['securityContext', name], fix: FIX }
}

export const podRootGroup = defineCheck({
  id: 'pod-root-group',
  title: 'A pod asks for the group of root',
  severity: 'low',
  because: 'hygiene: files of group root are open to it, on mounted volumes too',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Group 0 owns most files of an image and of the node. Whoever breaks out, or reaches a volume of the node, reads and writes what that group may.',
  references: [kubernetesDocs('tasks/configure-pod-container/security-context/')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [
        { of: 'pod', path: ['securityContext', 'runAsGroup'], type: 'number' },
        { of: 'pod', path: ['securityContext', 'fsGroup'], type: 'number' },
        { of: 'pod', path: ['securityContext', 'supplementalGroups'], type: 'list' },
      ],
      severity: 'low',
      judge: ({ template }) =>
        ['runAsGroup', 'fsGroup', 'supplementalGroups'].flatMap((name) => {
          const value = valueAt(template.spec, ['securityContext', name])
          if (value !== 0 && !asList(value).includes(0)) return []
          const { at, ...rest } = fault(name, 'the pod')
          return [{ ...rest, at: ['spec', ...at] }]
        }),
    })
    askContainers(workload, report, {
      reads: [{ of: 'container', path: ['securityContext', 'runAsGroup'], type: 'number' }],
      severity: 'low',
      judge: ({ name, spec }) =>
        valueAt(spec, ['securityContext', 'runAsGroup']) === 0
          ? fault('runAsGroup', `container \`${name}\``)
          : undefined,
    })
  },
  examples: {
    bad: podWith('', 'securityContext:\n  fsGroup: 0'),
    good: podWith('', 'securityContext:\n  fsGroup: 1000'),
  },
})
