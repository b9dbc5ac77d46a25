import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdSelinuxOff } from './containerd-selinux-off.js'
import { containerdWith, criV2, dockerAlone } from './example-containerd.js'

checkTests(containerdSelinuxOff, [
  {
    name: 'SELinux is on, and not used',
    kind: 'failing',
    given: containerdWith(criV2(''), { '/etc/selinux/config': 'SELINUX=enforcing\n' }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'used',
    kind: 'passing',
    given: containerdWith(criV2('  enable_selinux = true'), { '/etc/selinux/config': 'SELINUX=enforcing\n' }),
    expect: [],
  },
  {
    name: 'SELinux is off',
    kind: 'odd',
    given: containerdWith(criV2(''), { '/etc/selinux/config': 'SELINUX=disabled\n' }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'Debian',
    kind: 'odd',
    given: containerdWith(criV2(''), { '/etc/os-release': 'ID=debian\n' }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'nothing says whether there is SELinux',
    kind: 'unknown',
    given: containerdWith(criV2('')),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  { name: 'Docker alone uses it', kind: 'odd', given: dockerAlone(), expect: [{ result: 'notApplicable' }] },
])
