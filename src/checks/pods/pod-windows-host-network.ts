import { valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { askPod } from './ask-pod.js'
import { changePod } from './change-pod.js'
import { podWith } from './example-pod.js'
import { isWindows } from './windows.js'

export const podWindowsHostNetwork = defineCheck({
  id: 'pod-windows-host-network',
  title: 'A Windows pod shares the network of its node',
  severity: 'medium',
  because: 'policies for pods do not hold it, and it reaches what listens on loopback of the node',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'On Windows only host processes may share the network of the node; kubelets whose gate WindowsHostNetwork was on gave it to any container. A pod that still asks for it is refused by new ones, or runs unrestrained on old ones.',
  references: [kubernetesDocs('concepts/windows/intro/#compatibility-v1-pod-spec-containers')],
  evaluate(workload, report) {
    askPod(workload, report, {
      reads: [
        { of: 'pod', path: ['hostNetwork'], type: 'boolean' },
        { of: 'pod', path: ['os', 'name'], type: 'string' },
      ],
      severity: 'medium',
      judge(subject) {
        const { template, containers } = subject
        if (template.spec.hostNetwork !== true || !isWindows(template)) return undefined
        const hostProcess = [template.spec, ...containers.map(({ spec }) => spec)].some(
          (spec) => valueAt(spec, ['securityContext', 'windowsOptions', 'hostProcess']) === true,
        )
        // Host processes must: pod-host-process names them.
        if (hostProcess) return undefined
        return {
          message: 'hostNetwork is true for a Windows pod',
          at: ['spec', 'hostNetwork'],
          fix: {
            ...changePod(subject, {
              op: 'remove',
              path: ['spec', 'hostNetwork'],
              text: 'Remove hostNetwork.',
              breaks: 'clients that reach the pod at the address of its node',
            }),
            risk: 'traffic',
          },
        }
      },
    })
  },
  examples: {
    bad: podWith('', 'os:\n  name: windows\nhostNetwork: true'),
    good: podWith('', 'os:\n  name: windows'),
  },
})
