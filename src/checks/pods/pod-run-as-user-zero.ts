import { defineCheck } from '../define-check.js'
import { cis, podSecurity } from '../references.js'
import { advice } from '../precondition.js'
import { HARDENED, podWith } from './example-pod.js'
import { judgePod } from './judge-pod.js'

export const podRunAsUserZero = defineCheck({
  id: 'pod-run-as-user-zero',
  title: 'A container runs as root',
  severity: 'medium',
  because: 'root in the container meets the kernel with more rights',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'runAsUser 0 makes the program root whatever the image says; a break-out from there is root on the node.',
  references: [cis('5.2.7'), podSecurity('Running as Non-root user')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['runAsUser'],
      reads: [
        { of: 'container', path: ['securityContext', 'runAsUser'], type: 'number' },
        { of: 'pod', path: ['securityContext', 'runAsUser'], type: 'number' },
      ],
      severity: 'medium',
      judge: (place) => ({
        message:
          place.container === undefined
            ? 'the pod runs as user 0'
            : `container \`${place.container}\` runs as user 0`,
        fix: advice(
          'Choose a user that owns the files the program needs (for example 10001), set `runAsUser` to it, and `fsGroup` for its volumes.',
          { breaks: 'ports below 1024 and files that only root may write' },
        ),
      }),
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  runAsUser: 0`),
    good: podWith(HARDENED),
  },
})
