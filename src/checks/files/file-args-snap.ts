import { defineCheck } from '../define-check.js'
import { cis } from '../references.js'
import { hostWith } from './example-files.js'
import { holdsCredential } from './file-kinds.js'
import { judgeFiles } from './judge-files.js'
import { readWeight, writeWeight } from './weights.js'

export const fileArgsSnap = defineCheck({
  id: 'file-args-snap',
  title: 'Others than root may change the arguments of microk8s',
  severity: 'medium',
  because:
    'who changes them switches authentication and authorization off at the next start; the group microk8s may, by design',
  reach: 'host',
  appliesTo: 'host',
  why: 'Every service of microk8s reads its flags from these files when it starts. Members of the group that may write them are administrators of the cluster and root on the node.',
  references: [cis('1.1.1'), 'https://microk8s.io/docs/configuring-services'],
  evaluate(subject, report) {
    const { distribution, name } = subject.host
    if (distribution !== 'microk8s' && distribution !== 'unknown')
      return report.notApplicable(`${name} is a node of ${distribution}`)
    judgeFiles(subject, report, {
      kind: 'snap arguments',
      what: 'arguments file of microk8s',
      limit: 0o600,
      weigh: (access, file) =>
        writeWeight(access, 'medium', 'medium') ??
        (holdsCredential(file) ? readWeight(access, 'medium', 'medium') : readWeight(access, 'low', 'low')),
      resetBy: () => 'A refresh of the snap sets the mode back; keep the group small.',
    })
  },
  examples: {
    bad: hostWith({
      '/var/snap/microk8s/current': { link: '8000' },
      '/var/snap/microk8s/8000/args/kube-apiserver': { text: '--authorization-mode=RBAC\n', mode: 0o666 },
    }),
    good: hostWith({
      '/var/snap/microk8s/current': { link: '8000' },
      '/var/snap/microk8s/8000/args/kube-apiserver': { text: '--authorization-mode=RBAC\n', mode: 0o600 },
    }),
  },
})
