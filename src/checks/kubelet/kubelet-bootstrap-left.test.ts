import { BOOTSTRAP_KUBECONFIG, NODE_KUBECONFIG } from './example-kubeconfig.js'
import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletBootstrapLeft } from './kubelet-bootstrap-left.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

const FLAGS =
  '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf'

checkTests(kubeletBootstrapLeft, [
  {
    name: 'left behind',
    kind: 'failing',
    given: kubeletWith('', FLAGS, {
      '/etc/kubernetes/bootstrap-kubelet.conf': BOOTSTRAP_KUBECONFIG,
      '/etc/kubernetes/kubelet.conf': NODE_KUBECONFIG,
    }),
    expect: [
      { result: 'fail', severity: 'medium', path: '/etc/kubernetes/bootstrap-kubelet.conf', fix: 'commands' },
    ],
  },
  {
    name: 'gone',
    kind: 'passing',
    given: kubeletWith('', FLAGS, { '/etc/kubernetes/kubelet.conf': NODE_KUBECONFIG }),
    expect: [],
  },
  {
    name: 'not joined yet',
    kind: 'odd',
    given: kubeletWith('', FLAGS, { '/etc/kubernetes/bootstrap-kubelet.conf': BOOTSTRAP_KUBECONFIG }),
    expect: [],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
