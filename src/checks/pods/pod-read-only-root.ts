import { valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { askContainers } from './ask-pod.js'
import { changePod } from './change-pod.js'
import { podWith } from './example-pod.js'
import { isWindows } from './windows.js'

export const podReadOnlyRoot = defineCheck({
  id: 'pod-read-only-root',
  title: 'A container may change its own programs',
  severity: 'low',
  because: 'hygiene: an attacker in the container has somewhere to put tools, until it is restarted',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'With a read-only root file system nothing that the image did not bring can be stored and run outside of the volumes.',
  references: [
    cis('5.6.3'),
    nsa('immutable container file systems'),
    kubernetesDocs('tasks/configure-pod-container/security-context/'),
  ],
  evaluate(workload, report) {
    askContainers(workload, report, {
      reads: [{ of: 'container', path: ['securityContext', 'readOnlyRootFilesystem'], type: 'boolean' }],
      severity: 'low',
      of: ['init', 'container'],
      judge(container, subject) {
        const at = ['securityContext', 'readOnlyRootFilesystem']
        // The runtimes of Windows know no such thing. Source: kubernetes v1.36 API, SecurityContext.
        if (isWindows(subject.template) || valueAt(container.spec, at) === true) return undefined
        return {
          message: `the root file system of container \`${container.name}\` is writable`,
          at,
          fix: withPrecondition(
            changePod(subject, {
              op: 'set',
              path: [...container.podPath, ...at],
              value: true,
              text: 'Set `readOnlyRootFilesystem: true`.',
              breaks: 'a program that writes outside of its volumes, /tmp among them',
            }),
            'the program writes to mounted volumes alone (an emptyDir for /tmp)',
          ),
        }
      },
    })
  },
  examples: {
    bad: podWith(''),
    good: podWith('securityContext:\n  readOnlyRootFilesystem: true'),
  },
})
