import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { containerdWith, criV2 } from './example-containerd.js'
import { criIsOff, judgeCri } from './judge-cri.js'

const SELINUX = '/etc/selinux/config'

/** Systems that come with SELinux switched on. */
const USES_SELINUX =
  /^(?:ID|ID_LIKE)=.*\b(?:rhel|fedora|centos|rocky|almalinux|ol|amzn|rhcos|bottlerocket)\b/m

export const containerdSelinuxOff = defineCheck({
  id: 'containerd-selinux-off',
  title: 'The host has SELinux, and containerd does not use it',
  severity: 'low',
  because: 'containers run with the label of containerd itself; other barriers stand',
  reach: 'pod',
  appliesTo: 'containerd',
  why: 'With `enable_selinux` each pod gets a label of its own, and the policy of the host keeps what escapes from files of others. Without it labels of pods are ignored.',
  references: ['https://github.com/containerd/containerd/blob/main/docs/cri/config.md'],
  evaluate(subject, report) {
    if (criIsOff(subject, report)) return
    const { host } = subject.containerd
    const text = host.files.get(SELINUX)?.text
    if (text === undefined) {
      const os = host.files.get('/etc/os-release')?.text ?? host.files.get('/usr/lib/os-release')?.text ?? ''
      if (os !== '' && !USES_SELINUX.test(os)) return report.notApplicable('this host does not use SELinux')
      return report.unknown(
        unknown(
          'no-source',
          `\`${SELINUX}\` of ${host.name} was not read: whether it uses SELinux is not known`,
        ),
      )
    }
    if (!/^SELINUX=\s*(?:enforcing|permissive)/m.test(text))
      return report.notApplicable('SELinux is off on this host')
    judgeCri(subject, report, 'runtime', ['enable_selinux'], (value) =>
      value === true
        ? undefined
        : {
            message: 'containerd gives containers no SELinux labels although the host has SELinux',
            value: 'true',
            breaks: 'volumes whose files carry other labels; try it on one node',
          },
    )
  },
  examples: {
    bad: containerdWith(criV2(''), { '/etc/selinux/config': 'SELINUX=enforcing\n' }),
    good: containerdWith(criV2('  enable_selinux = true'), { '/etc/selinux/config': 'SELINUX=enforcing\n' }),
  },
})
