import { inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { podWith } from './example-pod.js'
import { absolute, changePod, judgePod } from './judge-pod.js'

export const podSysctls = defineCheck({
  id: 'pod-sysctls',
  title: 'A pod sets sysctls that are not known to be safe',
  severity: 'medium',
  because: 'the setting may reach beyond the pod; the kubelet must allow it too',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Sysctls outside the safe set are not kept inside a pod, or let it use up what the node has.',
  references: [podSecurity('Sysctls')],
  evaluate(workload, report) {
    judgePod(workload, report, {
      controls: ['sysctls'],
      reads: [{ of: 'pod', path: ['securityContext', 'sysctls'], type: 'list' }],
      severity: 'medium',
      judge: (place, subject) => ({
        message: `sysctl \`${inWords(place.value)}\` is set`,
        fix: changePod(
          subject,
          'remove',
          absolute(subject, place.path),
          null,
          `Remove sysctl ${inWords(place.value)}; set it on the nodes where it is needed.`,
          'what the program expects of the setting',
        ),
      }),
    })
  },
  examples: {
    bad: podWith('', `securityContext:\n  sysctls:\n    - name: kernel.msgmax\n      value: "65536"`),
    good: podWith(
      `securityContext:\n  allowPrivilegeEscalation: false\n  runAsNonRoot: true\n  runAsUser: 1000\n  capabilities:\n    drop: [ALL]\n  seccompProfile:\n    type: RuntimeDefault`,
    ),
  },
})
