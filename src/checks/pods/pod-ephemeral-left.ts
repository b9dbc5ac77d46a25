import { containersOf, podTemplatesOf, type Container, type PodTemplate } from '../../kube/index.js'
import {
  asList,
  asNumber,
  asStrings,
  field,
  isObject,
  unknown,
  valueAt,
  type KubeObject,
} from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { podWith } from './example-pod.js'

/** Rights of a container, in words. */
function rightsOf({ spec }: Container, template: PodTemplate): string[] {
  const context = field(spec, 'securityContext')
  const ofPod = valueAt(template.spec, ['securityContext', 'runAsUser'])
  const user = asNumber(field(context, 'runAsUser')) ?? asNumber(ofPod)
  return [
    ...(field(context, 'privileged') === true ? ['it is privileged'] : []),
    ...asStrings(valueAt(context, ['capabilities', 'add'])).map((name) => `it has ${name} added`),
    ...(user === 0 ? ['it runs as root'] : []),
    ...(field(context, 'allowPrivilegeEscalation') === false ? [] : ['it may gain rights']),
  ]
}

/** Containers whose process has ended do no more harm; the API keeps them until the pod goes. */
function hasEnded({ content }: KubeObject, name: string): boolean {
  return asList(valueAt(content, ['status', 'ephemeralContainerStatuses'])).some(
    (status) => field(status, 'name') === name && isObject(valueAt(status, ['state', 'terminated'])),
  )
}

export const podEphemeralLeft = defineCheck({
  id: 'pod-ephemeral-left',
  title: 'A debug container with more rights was left in a pod',
  severity: 'medium',
  because: 'it sees the processes and network of the pod with rights that nobody gave the program',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Pod'],
  why: 'An ephemeral container cannot be removed and runs until the pod goes. Whoever may attach to it has its rights in the middle of the program.',
  references: [kubernetesDocs('concepts/workloads/pods/ephemeral-containers/')],
  evaluate({ object }, report) {
    const listed = valueAt(object.content, ['spec', 'ephemeralContainers'])
    if (listed === undefined || listed === null) return
    if (!Array.isArray(listed)) {
      const path = ['spec', 'ephemeralContainers']
      return report.unknown(
        unknown('unparsable', '`ephemeralContainers` should be a list', { kind: 'object', object, path }),
      )
    }
    const [template] = podTemplatesOf(object)
    if (template === undefined) return
    const containers = containersOf(template)
    const given = new Set(
      containers
        .filter(({ kind }) => kind !== 'ephemeral')
        .flatMap((container) => rightsOf(container, template)),
    )
    for (const container of containers.filter(({ kind }) => kind === 'ephemeral')) {
      const more = rightsOf(container, template).filter((right) => !given.has(right))
      if (more.length === 0 || hasEnded(object, container.name)) continue
      const message = `debug container \`${container.name}\`: ${more.join(', ')}`
      report.fail(
        { origin: { kind: 'object', object, path: container.path }, message },
        {
          message,
          fix: advice(
            'Delete the pod when the work is done; its controller starts one without the debug container.',
            { breaks: 'the requests that the pod is answering' },
          ),
        },
      )
    }
  },
  examples: {
    bad: podWith(
      'securityContext:\n  allowPrivilegeEscalation: false',
      'ephemeralContainers:\n  - name: debug\n    image: busybox\n    securityContext:\n      privileged: true',
    ),
    good: podWith(
      '',
      'ephemeralContainers:\n  - name: debug\n    image: busybox\n    securityContext:\n      allowPrivilegeEscalation: false',
    ),
  },
})
