import { clusterMinor, isMirrorPod } from '../../kube/index.js'
import { asList, asNumber, asStrings, valueAt } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'
import { defineCheck } from '../define-check.js'
import { advice, withPrecondition } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askPod } from './ask-pod.js'
import { changePod } from './change-pod.js'
import { podWith } from './example-pod.js'
import { isWindows } from './windows.js'

/** On by default since then. Source: kubernetes v1.36 pkg/features, UserNamespacesSupport. */
const ON_SINCE = 33

/** Why a container would gain from it: it runs as root, or has capabilities added. */
function rightsOf({ template, containers }: WorkloadSubject): string | undefined {
  const ofPod = asNumber(valueAt(template.spec, ['securityContext', 'runAsUser']))
  for (const { name, spec } of containers) {
    const user = asNumber(valueAt(spec, ['securityContext', 'runAsUser'])) ?? ofPod
    if (user === 0) return `container \`${name}\` runs as root`
    const [added] = asStrings(valueAt(spec, ['securityContext', 'capabilities', 'add']))
    if (added !== undefined) return `container \`${name}\` has ${added} added`
  }
  return undefined
}

/** Namespaces of the node, which a pod with users of its own may not have. */
const OF_NODE = ['hostNetwork', 'hostPID', 'hostIPC']

/**
 * Whether the API takes hostUsers: false for this pod once it has no namespace of the node: not with raw block devices.
 * Source: kubernetes v1.36.2 pkg/apis/core/validation, validateHostUsers.
 */
function mayHaveUsers({ object, template, containers }: WorkloadSubject): boolean {
  return (
    containers.every((container) => asList(container.spec.volumeDevices).length === 0) &&
    !isWindows(template) &&
    object.source !== 'static-pod' &&
    !isMirrorPod(object)
  )
}

export const podHostUsers = defineCheck({
  id: 'pod-host-users',
  title: 'A pod with rights of root shares the users of its node',
  severity: 'info',
  because: 'advice: with users of its own, root of the pod is nobody on the node',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'In a user namespace a break-out ends as a user without rights, and capabilities count inside of the pod alone. Many flaws of runtimes and kernels did no harm there.',
  references: [kubernetesDocs('concepts/workloads/pods/user-namespaces/')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [{ of: 'pod', path: ['hostUsers'], type: 'boolean' }],
      severity: 'info',
      judge(subject) {
        const minor = clusterMinor(subject.index)
        if (subject.template.spec.hostUsers === false || (minor !== undefined && minor < ON_SINCE))
          return undefined
        const rights = rightsOf(subject)
        if (rights === undefined || !mayHaveUsers(subject)) return undefined
        const shared = OF_NODE.filter((name) => subject.template.spec[name] === true)
        return {
          message: `${rights}, and the pod has no users of its own`,
          at: ['spec', 'hostUsers'],
          fix:
            shared.length > 0
              ? advice(`Give up ${shared.join(' and ')} first, then set \`hostUsers: false\`.`)
              : withPrecondition(
                  changePod(subject, {
                    op: 'set',
                    path: ['spec', 'hostUsers'],
                    value: false,
                    text: 'Set `hostUsers: false`.',
                    breaks:
                      'volumes whose file system cannot map users (NFS), and access to devices of the node',
                  }),
                  'Kubernetes 1.33 or newer, Linux 6.3 or newer, and a runtime that honours it (containerd 2.0, CRI-O 1.25)',
                ),
        }
      },
    })
  },
  examples: {
    bad: podWith('securityContext:\n  runAsUser: 0'),
    good: podWith('securityContext:\n  runAsUser: 0', 'hostUsers: false'),
  },
})
