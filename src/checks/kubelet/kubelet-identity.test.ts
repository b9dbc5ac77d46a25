import { ADMIN_KUBECONFIG, NODE_KUBECONFIG } from './example-kubeconfig.js'
import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletIdentity } from './kubelet-identity.js'
import { kubeletWith } from './example-kubelet.js'

checkTests(kubeletIdentity, [
  {
    name: 'the administrator',
    kind: 'failing',
    given: kubeletWith('', '--kubeconfig=/etc/kubernetes/admin.conf', {
      '/etc/kubernetes/admin.conf': ADMIN_KUBECONFIG,
    }),
    expect: [{ result: 'fail', severity: 'high', path: '--kubeconfig', fix: 'advice' }],
  },
  {
    name: 'a node',
    kind: 'passing',
    given: kubeletWith('', '--kubeconfig=/etc/kubernetes/kubelet.conf', {
      '/etc/kubernetes/kubelet.conf': NODE_KUBECONFIG,
    }),
    expect: [],
  },
  {
    name: 'a kubeconfig that is none',
    kind: 'odd',
    given: kubeletWith('', '--kubeconfig=/etc/kubernetes/kubelet.conf', {
      '/etc/kubernetes/kubelet.conf': '[]',
    }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'the file was not read',
    kind: 'unknown',
    given: kubeletWith('', '--kubeconfig=/etc/kubernetes/kubelet.conf'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
