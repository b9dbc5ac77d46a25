import { valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { askContainers } from './ask-pod.js'
import { podWith } from './example-pod.js'
import { shellText } from './shell-commands.js'

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe']

export const podExecProbeShell = defineCheck({
  id: 'pod-exec-probe-shell',
  title: 'A probe runs a shell in the container',
  severity: 'info',
  because: 'advice: the image needs a shell for it, which is the first thing that an attacker looks for',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A probe through a shell starts two processes every few seconds, and keeps a shell and its tools in an image that could do without. HTTP, TCP and gRPC probes need nothing in the image.',
  references: [kubernetesDocs('tasks/configure-pod-container/configure-liveness-readiness-startup-probes/')],
  evaluate(workload, report) {
    askContainers(workload, report, {
      reads: PROBES.map((probe) => ({
        of: 'container' as const,
        path: [probe, 'exec', 'command'],
        type: 'list' as const,
      })),
      severity: 'info',
      judge: ({ name, spec }) =>
        PROBES.flatMap((probe) =>
          shellText(valueAt(spec, [probe, 'exec'])) === undefined
            ? []
            : [
                {
                  message: `the ${probe} of container \`${name}\` runs a shell`,
                  at: [probe, 'exec', 'command'],
                  fix: advice(
                    'Ask over HTTP, TCP or gRPC, or name the program that answers without a shell.',
                  ),
                },
              ],
        ),
    })
  },
  examples: {
    bad: podWith('livenessProbe:\n  exec:\n    command: [sh, -c, "test -f /tmp/alive"]'),
    good: podWith('livenessProbe:\n  httpGet:\n    path: /healthz\n    port: 8080'),
  },
})
