import { asString, field, inWords } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { podSecurity } from '../references.js'
import { HARDENED, podWith } from './example-pod.js'
import { BASELINE_SYSCTLS } from '../../kube/index.js'
import { changePod, keepMembers } from './change-pod.js'
import { judgePod } from './judge-pod.js'

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
      reads: [{ of: 'pod', path: ['securityContext', 'sysctls', '*', 'name'], type: 'string' }],
      severity: 'medium',
      judge: (place, subject) => ({
        message: `sysctl \`${inWords(place.value)}\` is set`,
        fix: changePod(subject, {
          ...keepMembers(subject, place.path.slice(0, -1), (member) =>
            BASELINE_SYSCTLS.has(asString(field(member, 'name')) ?? ''),
          ),
          text: `Remove sysctl ${inWords(place.value)}; set it on the nodes where it is needed.`,
          breaks: 'what the program expects of the setting',
        }),
      }),
    })
  },
  examples: {
    bad: podWith('', `securityContext:\n  sysctls:\n    - name: kernel.msgmax\n      value: "65536"`),
    good: podWith(HARDENED),
  },
})
