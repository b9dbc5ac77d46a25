import { imageReference, type Container } from '../../kube/index.js'
import { asString } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { askPod } from './ask-pod.js'
import { changePod } from './change-pod.js'
import { podWith } from './example-pod.js'

/** Who made an image: its registry and the first part of its repository. */
function originOf({ spec }: Container): string {
  const { registry, repository } = imageReference(asString(spec.image) ?? '')
  return `${registry}/${repository.split('/')[0] ?? ''}`
}

export const podShareProcessNamespace = defineCheck({
  id: 'pod-share-process-namespace',
  title: 'Containers of different origin see the processes of one another',
  severity: 'low',
  because: 'a barrier between containers of one pod is gone; they share its network and account all the same',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'With shareProcessNamespace each container reads the environment and, as the same user, the files and memory of the others: a sidecar of somebody else reads the secrets of the program.',
  references: [kubernetesDocs('tasks/configure-pod-container/share-process-namespace/')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [
        { of: 'pod', path: ['shareProcessNamespace'], type: 'boolean' },
        { of: 'container', path: ['image'], type: 'string' },
      ],
      severity: 'low',
      judge(subject) {
        if (subject.template.spec.shareProcessNamespace !== true) return undefined
        const containers = subject.containers.filter(({ kind }) => kind !== 'init')
        const origins = [...new Set(containers.map(originOf))].sort()
        if (origins.length < 2) return undefined
        return {
          message: `containers of ${origins.join(', ')} share their processes`,
          at: ['spec', 'shareProcessNamespace'],
          fix: changePod(subject, {
            op: 'remove',
            path: ['spec', 'shareProcessNamespace'],
            text: 'Remove shareProcessNamespace.',
            breaks: 'a sidecar that signals or watches the processes of the program',
          }),
        }
      },
    })
  },
  examples: {
    bad: sharing('shareProcessNamespace: true'),
    good: sharing('shareProcessNamespace: false'),
  },
})

function sharing(field: string): { manifests: string } {
  const pod = podWith('', field).manifests ?? ''
  return { manifests: `${pod}    - name: agent\n      image: vendor.example/agent:2\n` }
}
