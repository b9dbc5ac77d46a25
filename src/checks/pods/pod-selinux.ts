import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { changePod } from './change-pod.js'
import { judgePod } from './judge-pod.js'

export const podSelinux = defineCheck({
  id: 'pod-selinux',
  title: 'A container changes its SELinux context',
  severity: 'medium',
  because: 'high for spc_t, which is no confinement at all',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A chosen SELinux type, user or role can take the container out of the confinement that keeps it from the host.',
  references: [podSecurity('SELinux')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['seLinuxOptions'],
      reads: (['container', 'pod'] as const).flatMap((of) =>
        ['type', 'user', 'role'].map((name) => ({
          of,
          path: ['securityContext', 'seLinuxOptions', name],
          type: 'string' as const,
        })),
      ),
      severity: 'medium',
      judge: (place, subject) => ({
        message: `seLinuxOptions.${String(place.path.at(-1))} is \`${inWords(place.value)}\``,
        ...(place.value === 'spc_t' ? { severity: 'high' as const, because: 'spc_t is not confined' } : {}),
        fix: changePod(subject, {
          op: 'remove',
          path: place.path,
          text: `Remove seLinuxOptions.${String(place.path.at(-1))}; the runtime chooses a confined type.`,
          breaks: 'access to files labelled for the other type',
        }),
      }),
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  seLinuxOptions:\n    type: spc_t`),
    good: podWith(HARDENED),
  },
})
