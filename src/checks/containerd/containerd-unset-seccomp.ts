import { asString, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { nodeWithKubelet } from './example-node.js'
import { criIsOff, judgeCri } from './judge-cri.js'

export const containerdUnsetSeccomp = defineCheck({
  id: 'containerd-unset-seccomp',
  title: 'Neither containerd nor the kubelet gives a seccomp profile to pods that name none',
  severity: 'medium',
  because: 'pods that set no profile make every system call; either setting closes it for all of them',
  reach: 'pod',
  appliesTo: 'containerd',
  why: 'A pod without a profile runs unconfined, unless the kubelet has `seccompDefault` or containerd an `unset_seccomp_profile`.',
  references: [
    'https://github.com/containerd/containerd/blob/main/docs/cri/config.md',
    'https://kubernetes.io/docs/tutorials/security/seccomp/',
  ],
  evaluate(subject, report) {
    if (criIsOff(subject, report)) return
    const profile = subject.containerd.cri('runtime', ['unset_seccomp_profile'])
    if (profile.known && (asString(profile.value) ?? '') !== '') return
    if (subject.kubelet === undefined) {
      return report.unknown(
        unknown(
          'no-source',
          `no kubelet of ${subject.containerd.host.name} was read, which may have \`seccompDefault\``,
        ),
      )
    }
    const byKubelet = subject.kubelet.boolean('seccompDefault')
    if (!byKubelet.known) return report.unknown(byKubelet)
    if (byKubelet.value) return
    judgeCri(subject, report, 'runtime', ['unset_seccomp_profile'], () => ({
      // The kubelet's own setting is a finding too, and the better place: here stands the other way to close it.
      severity: 'low',
      because: 'kubelet-seccomp-default says the same of the kubelet, which is the usual place to close it',
      message: 'pods without a seccomp profile run unconfined',
      value: '"/etc/containerd/seccomp.json"',
      breaks:
        'programs that use rare system calls; `seccompDefault: true` of the kubelet needs no file of its own',
    }))
  },
  examples: {
    bad: nodeWithKubelet('', 'seccompDefault: false'),
    good: nodeWithKubelet('', 'seccompDefault: true'),
  },
})
