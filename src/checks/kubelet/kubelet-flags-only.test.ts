import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletFlagsOnly } from './kubelet-flags-only.js'
import { kubeletUnseen, kubeletWith, kubeletWithFlags } from './example-kubelet.js'

checkTests(kubeletFlagsOnly, [
  {
    name: 'flags only',
    kind: 'failing',
    given: kubeletWithFlags('--kubeconfig=/etc/kubernetes/kubelet.conf'),
    expect: [{ result: 'fail', severity: 'info', path: 'readOnlyPort', fix: 'advice' }],
  },
  {
    name: 'one of three left',
    kind: 'odd',
    given: kubeletWithFlags('--anonymous-auth=false --authorization-mode=Webhook'),
    expect: [{ result: 'fail', path: 'readOnlyPort' }],
  },
  {
    name: 'all three set by flags, as k3s does',
    kind: 'passing',
    given: kubeletWithFlags('--anonymous-auth=false --authorization-mode=Webhook --read-only-port=0'),
    expect: [],
  },
  { name: 'with a configuration file', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown' }],
  },
])
