import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletStaticPodPath } from './kubelet-static-pod-path.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletStaticPodPath, [
  {
    name: 'a folder that everyone may write',
    kind: 'failing',
    given: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/': { text: '', mode: 0o777 },
    }),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/kubernetes/manifests', fix: 'commands' }],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/': { text: '', mode: 0o755 },
    }),
    expect: [],
  },
  {
    name: 'a parent of the folder',
    kind: 'odd',
    given: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/': { text: '', mode: 0o755 },
      '/etc/kubernetes/': { text: '', mode: 0o777 },
    }),
    expect: [{ result: 'fail', path: '/etc/kubernetes' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen('staticPodPath: /etc/kubernetes/manifests'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
