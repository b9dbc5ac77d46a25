import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'

export const podProcMount = defineCheck({
  id: 'pod-proc-mount',
  title: 'A container sees all of /proc',
  severity: 'high',
  because: 'kernel settings and host facts that are masked for others',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'An unmasked /proc lets a container write kernel settings and read what identifies the host.',
  references: [podSecurity('/proc Mount Type')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['procMount', 'procMount_restricted'],
      reads: [{ of: 'container', path: ['securityContext', 'procMount'], type: 'string' }],
      severity: 'high',
      judge: (place, subject) => ({
        message: `container \`${place.container ?? ''}\` has procMount \`${inWords(place.value)}\``,
        fix: changePod(subject, {
          op: 'remove',
          path: place.path,
          text: 'Remove procMount.',
          breaks: 'containers inside the container',
        }),
      }),
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  procMount: Unmasked`),
    good: podWith(HARDENED),
  },
})
