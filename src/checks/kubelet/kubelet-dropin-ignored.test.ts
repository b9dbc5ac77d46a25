import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletDropinIgnored } from './kubelet-dropin-ignored.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

const FOLDER = '--config-dir=/etc/kubernetes/kubelet.conf.d'
const IGNORED = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nreadOnlyPort: 0\n'

checkTests(kubeletDropinIgnored, [
  {
    name: 'a .yaml file',
    kind: 'failing',
    given: kubeletWith('', FOLDER, { '/etc/kubernetes/kubelet.conf.d/10-hard.yaml': IGNORED }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/kubelet.conf.d/10-hard.yaml',
        fix: 'commands',
      },
    ],
  },
  {
    name: 'a .conf file',
    kind: 'passing',
    given: kubeletWith('', FOLDER, { '/etc/kubernetes/kubelet.conf.d/10-hard.conf': IGNORED }),
    expect: [],
  },
  {
    name: 'a README is no configuration',
    kind: 'odd',
    given: kubeletWith('', FOLDER, { '/etc/kubernetes/kubelet.conf.d/README.md': 'Drop-ins go here.' }),
    expect: [],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
