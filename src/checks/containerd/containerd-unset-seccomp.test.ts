import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdUnsetSeccomp } from './containerd-unset-seccomp.js'
import { containerdWith, criV2, dockerAlone } from './example-containerd.js'
import { nodeWithKubelet } from './example-node.js'

checkTests(containerdUnsetSeccomp, [
  {
    name: 'neither of them',
    kind: 'failing',
    given: nodeWithKubelet('', 'seccompDefault: false'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  { name: 'the kubelet', kind: 'passing', given: nodeWithKubelet('', 'seccompDefault: true'), expect: [] },
  {
    name: 'containerd',
    kind: 'passing',
    given: nodeWithKubelet(
      '  unset_seccomp_profile = "/etc/containerd/seccomp.json"',
      'seccompDefault: false',
    ),
    expect: [],
  },
  {
    name: 'an empty profile',
    kind: 'odd',
    given: nodeWithKubelet('  unset_seccomp_profile = ""', 'seccompDefault: false'),
    expect: [{ result: 'fail', line: 4 }],
  },
  {
    name: 'no kubelet was read',
    kind: 'unknown',
    given: containerdWith(criV2('')),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  { name: 'Docker alone uses it', kind: 'odd', given: dockerAlone(), expect: [{ result: 'notApplicable' }] },
])
