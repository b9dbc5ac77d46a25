import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { advice } from '../precondition.js'
import { HARDENED, podWith } from './example-pod.js'
import { judgePod } from './judge-pod.js'

export const podPrivileged = defineCheck({
  id: 'pod-privileged',
  title: 'A container is privileged',
  severity: 'critical',
  because: 'privileged is root on the node: all devices, all capabilities, no profile',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A privileged container can mount the disks of the node, load kernel modules and read the memory of every other pod.',
  references: [cis('5.2.2'), podSecurity('Privileged Containers')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['privileged'],
      reads: [{ of: 'container', path: ['securityContext', 'privileged'], type: 'boolean' }],
      severity: 'critical',
      judge: (place) => ({
        message: `container \`${place.container ?? ''}\` runs privileged`,
        fix: advice(
          'Set `privileged: false`; where the program needs one right of the host, add that capability, device or mount alone.',
          { breaks: 'whatever the container does with the host: find out first' },
        ),
      }),
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  privileged: true`),
    good: podWith(HARDENED),
  },
})
