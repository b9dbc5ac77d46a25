import { NODE_KUBECONFIG } from './example-kubeconfig.js'
import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletHostnameOverride } from './kubelet-hostname-override.js'
import { kubeletWith } from './example-kubelet.js'

checkTests(kubeletHostnameOverride, [
  {
    name: 'another name',
    kind: 'failing',
    given: kubeletWith('', '--hostname-override=other --kubeconfig=/etc/kubernetes/kubelet.conf', {
      '/etc/kubernetes/kubelet.conf': NODE_KUBECONFIG,
    }),
    expect: [{ result: 'fail', severity: 'low', path: '--hostname-override', fix: 'advice' }],
  },
  { name: 'no override', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the name in other case',
    kind: 'odd',
    given: kubeletWith('', '--hostname-override=Node-1 --kubeconfig=/etc/kubernetes/kubelet.conf', {
      '/etc/kubernetes/kubelet.conf': NODE_KUBECONFIG,
    }),
    expect: [],
  },
  {
    name: 'the certificate was not seen',
    kind: 'unknown',
    given: kubeletWith('', '--hostname-override=other --kubeconfig=/etc/kubernetes/kubelet.conf'),
    expect: [{ result: 'unknown' }],
  },
])
