import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'
import type { WorkloadSubject } from '../define-check.js'
import { asStrings, valueAt, type JsonObject } from '../../model/index.js'

const BREAKS: Readonly<Record<string, string>> = {
  hostNetwork: 'clients that reach the pod at the address of its node; its ports move to the pod network',
  hostPID: 'tools that look at processes of the node',
  hostIPC: 'programs that share memory with processes of the node',
}

/** Whether a container may look into other processes: by a capability, or as the user that most of them run as. */
function mayTrace(container: JsonObject, pod: JsonObject): boolean {
  const user =
    valueAt(container, ['securityContext', 'runAsUser']) ?? valueAt(pod, ['securityContext', 'runAsUser'])
  const added = asStrings(valueAt(container, ['securityContext', 'capabilities', 'add']))
  return (
    added.some((name) => /^(?:CAP_)?(?:SYS_PTRACE|SYS_ADMIN|ALL)$/i.test(name)) ||
    valueAt(container, ['securityContext', 'privileged']) === true ||
    user === 0
  )
}

/**
 * Host processes of Windows must share the network of the node; pod-host-process reports the pod.
 * Source: kubernetes v1.36.2 pkg/apis/core/validation, validateWindowsHostProcessPod.
 */
function isHostProcess({ template, containers }: WorkloadSubject): boolean {
  return [template.spec, ...containers.map((container) => container.spec)].some(
    (spec) => valueAt(spec, ['securityContext', 'windowsOptions', 'hostProcess']) === true,
  )
}

export const podHostNamespaces = defineCheck({
  id: 'pod-host-namespaces',
  title: "A pod shares the node's network, processes or IPC",
  severity: 'high',
  because: 'one barrier between pod and node is gone; with the right to trace processes it is the whole node',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'hostPID shows every process of the node and its environment, hostNetwork reaches services on loopback and the kubelet, hostIPC shares memory with host processes.',
  references: [cis('5.2.3'), cis('5.2.4'), cis('5.2.5'), podSecurity('Host Namespaces')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['hostNamespaces'],
      reads: [
        { of: 'pod', path: ['hostPID'], type: 'boolean' },
        { of: 'pod', path: ['hostNetwork'], type: 'boolean' },
        { of: 'pod', path: ['hostIPC'], type: 'boolean' },
      ],
      severity: 'high',
      judge: (place, subject) => {
        const field = String(place.path.at(-1))
        if (field === 'hostNetwork' && isHostProcess(subject)) return undefined
        const traces =
          field === 'hostPID' &&
          subject.containers.some((container) => mayTrace(container.spec, subject.template.spec))
        return {
          message: `${field} is true`,
          ...(traces
            ? {
                severity: 'critical' as const,
                because: 'with hostPID and SYS_PTRACE or root, every process of the node is open',
              }
            : {}),
          fix: {
            ...changePod(subject, {
              op: 'remove',
              path: place.path,
              text: `Remove ${field}.`,
              breaks: BREAKS[field] ?? '',
            }),
            ...(field === 'hostNetwork' ? { risk: 'traffic' as const } : {}),
          },
        }
      },
    })
  },
  examples: {
    bad: podWith('', 'hostPID: true'),
    good: podWith(HARDENED),
  },
})
