import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentOf, documents, policyWith, serviceOf } from './example-network.js'
import { netpolWorldIngress } from './netpol-world-ingress.js'

const of = (rules: string) =>
  policyWith(`podSelector: { matchLabels: { app: web } }\npolicyTypes: [Ingress]\ningress:\n${rules}`)

checkTests(netpolWorldIngress, [
  {
    name: 'the block of all addresses',
    kind: 'failing',
    given: {
      manifests: of(
        '  - from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [169.254.169.254/32] } }]\n    ports: [{ port: 443 }]',
      ),
    },
    expect: [{ result: 'fail', severity: 'low', line: 8, fix: 'advice', message: /on port 443/ }],
  },
  {
    name: 'a port for everyone',
    kind: 'failing',
    given: { manifests: of('  - ports: [{ port: 8080 }]') },
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'both halves of all addresses, and IPv6',
    kind: 'odd',
    given: {
      manifests: of(
        '  - from: [{ ipBlock: { cidr: 0.0.0.0/1 } }, { ipBlock: { cidr: 128.0.0.0/1 } }]\n  - from: [{ ipBlock: { cidr: "::/0" } }]',
      ),
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'pods that a Service opens to the outside, and DNS for all',
    kind: 'odd',
    given: {
      manifests: documents(
        of('  - ports: [{ port: 8080 }]\n  - ports: [{ port: 53, protocol: UDP }, { port: 53 }]'),
        deploymentOf('web'),
        serviceOf('web', 'shop', 'LoadBalancer'),
      ),
    },
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'named peers, and a policy that allows everything, which another check names',
    kind: 'passing',
    given: {
      manifests: documents(
        of('  - from: [{ namespaceSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8 } }]'),
        policyWith('policyTypes: [Ingress]\ningress: [{}]', 'shop', 'open'),
      ),
    },
    expect: [],
  },
  {
    name: 'a block that is none',
    kind: 'unknown',
    given: { manifests: of('  - from: [{ ipBlock: { cidr: everywhere } }]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
