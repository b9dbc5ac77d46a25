import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { podWith } from './example-pod.js'
import { absolute, changePod, judgePod } from './judge-pod.js'

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
      reads: [
        { of: 'container', path: ['securityContext', 'seLinuxOptions', 'type'], type: 'string' },
        { of: 'pod', path: ['securityContext', 'seLinuxOptions', 'type'], type: 'string' },
      ],
      severity: 'medium',
      judge: (place, subject) => ({
        message: `seLinuxOptions.${String(place.path.at(-1))} is \`${inWords(place.value)}\``,
        ...(place.value === 'spc_t' ? { severity: 'high' as const, because: 'spc_t is not confined' } : {}),
        fix: changePod(
          subject,
          'remove',
          absolute(subject, place.path),
          null,
          `Remove seLinuxOptions.${String(place.path.at(-1))}; the runtime chooses a confined type.`,
          'access to files labelled for the other type',
        ),
      }),
    })
  },
  examples: {
    bad: podWith(`securityContext:\n  seLinuxOptions:\n    type: spc_t`),
    good: podWith(
      `securityContext:\n  allowPrivilegeEscalation: false\n  runAsNonRoot: true\n  runAsUser: 1000\n  capabilities:\n    drop: [ALL]\n  seccompProfile:\n    type: RuntimeDefault`,
    ),
  },
})
