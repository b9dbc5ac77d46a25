import { checkTests } from '../../../test/kit/check-tests.js'
import { endpointManual } from './endpoint-manual.js'
import { serviceWith } from './example-service.js'

const endpoints = (ip: string, metadata = 'name: web, namespace: shop') => `apiVersion: v1
kind: Endpoints
metadata: { ${metadata} }
subsets: [{ addresses: [{ ip: ${ip} }] }]
`
const slice = (ip: string, by: string) => `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-x, namespace: shop, labels: { kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: ${by} } }
endpoints: [{ addresses: ["${ip}"] }]
`
const NODE =
  'apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nstatus: { addresses: [{ type: InternalIP, address: 10.0.0.5 }] }\n'
const PLAIN = serviceWith('ports: [{ port: 80 }]')
const of = (...texts: string[]) => ({ manifests: texts.join('---\n') })

checkTests(endpointManual, [
  {
    name: 'the metadata service',
    kind: 'failing',
    given: of(PLAIN, endpoints('169.254.169.254')),
    expect: [{ result: 'fail', severity: 'medium', path: 'address 169.254.169.254', fix: 'advice' }],
  },
  {
    name: 'a node in a slice of somebody, and the API server',
    kind: 'failing',
    given: of(
      NODE,
      PLAIN,
      slice('10.0.0.5', 'me'),
      endpoints('10.0.0.9', 'name: kubernetes, namespace: default'),
      endpoints('10.0.0.9'),
    ),
    expect: [
      { result: 'fail', message: /node n1/ },
      { result: 'fail', message: /the API server/ },
    ],
  },
  {
    name: 'outside, and what the controllers write',
    kind: 'passing',
    given: of(NODE, PLAIN, endpoints('198.51.100.1'), slice('10.0.0.5', 'endpointslice-controller.k8s.io')),
    expect: [],
  },
  {
    name: 'a Service with a selector',
    kind: 'odd',
    given: of(NODE, serviceWith('selector: { app: web }'), endpoints('10.0.0.5')),
    expect: [],
  },
  {
    name: 'kubelets for monitoring',
    kind: 'odd',
    given: of(NODE, PLAIN, endpoints('10.0.0.5', 'name: web, namespace: shop, labels: { k8s-app: kubelet }')),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'its Service was not read',
    kind: 'unknown',
    given: of(endpoints('169.254.169.254')),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
