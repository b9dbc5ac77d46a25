import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeProxyWith } from './example-kube-proxy.js'
import { kubeProxyHealthzNodeport } from './kube-proxy-healthz-nodeport.js'

const node = (type: string): string =>
  `apiVersion: v1\nkind: Node\nmetadata: {name: node-1}\nstatus: {addresses: [{type: ${type}, address: 203.0.113.7}]}\n`

checkTests(kubeProxyHealthzNodeport, [
  {
    name: 'a node with a public address',
    kind: 'failing',
    given: kubeProxyWith('nodePortAddresses: null', node('ExternalIP')),
    expect: [
      { result: 'fail', severity: 'info', message: /public addresses of node-1/, path: 'nodePortAddresses' },
    ],
  },
  { name: 'no public address', kind: 'passing', given: kubeProxyWith('', node('InternalIP')), expect: [] },
  {
    name: 'the primary address alone',
    kind: 'passing',
    given: kubeProxyWith('nodePortAddresses: [primary]', node('ExternalIP')),
    expect: [],
  },
  {
    name: 'nftables has another default',
    kind: 'odd',
    given: kubeProxyWith('mode: nftables', node('ExternalIP')),
    expect: [],
  },
  {
    name: 'a value of the wrong type',
    kind: 'odd',
    given: kubeProxyWith('nodePortAddresses: {a: b}', node('ExternalIP')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'no Node was read',
    kind: 'unknown',
    given: kubeProxyWith(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
