import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletStaticPodUnexpected } from './kubelet-static-pod-unexpected.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletStaticPodUnexpected, [
  {
    name: 'a manifest of unknown origin',
    kind: 'failing',
    given: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/agent.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: agent}',
    }),
    expect: [
      { result: 'fail', severity: 'medium', path: '/etc/kubernetes/manifests/agent.yaml', fix: 'advice' },
    ],
  },
  {
    name: 'the control plane',
    kind: 'passing',
    given: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/etcd.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: etcd}',
    }),
    expect: [],
  },
  {
    name: 'a backup copy is started too',
    kind: 'odd',
    given: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/etcd.yaml.bak': 'x',
      '/etc/kubernetes/manifests/.etcd.yaml.swp': 'x',
    }),
    expect: [{ result: 'fail', path: '/etc/kubernetes/manifests/etcd.yaml.bak' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen('staticPodPath: /etc/kubernetes/manifests'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
