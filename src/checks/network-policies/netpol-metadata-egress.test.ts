import { checkTests } from '../../../test/kit/check-tests.js'
import { documents, nodeWith, policyWith } from './example-network.js'
import { netpolMetadataEgress } from './netpol-metadata-egress.js'

const AWS = nodeWith('aws:///eu-west-1a/i-0abc')
const egress = (rule: string) => policyWith(`podSelector: {}\npolicyTypes: [Egress]\negress:\n  - ${rule}`)
const WORLD = egress('to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]')

checkTests(netpolMetadataEgress, [
  {
    name: 'all addresses, on a cloud',
    kind: 'failing',
    given: { manifests: documents(AWS, WORLD) },
    expect: [
      { result: 'fail', severity: 'high', line: 13, fix: 'patch', message: /metadata service of AWS/ },
    ],
  },
  {
    name: 'an exception for something else',
    kind: 'failing',
    given: {
      manifests: documents(
        AWS,
        egress('to: [{ ipBlock: { cidr: 169.254.0.0/16, except: [169.254.1.0/24] } }]'),
      ),
    },
    expect: [{ result: 'fail', severity: 'high', fix: 'patch' }],
  },
  {
    name: 'everyone, on the port of the service',
    kind: 'failing',
    given: { manifests: documents(AWS, egress('ports: [{ port: 1, endPort: 1024 }]')) },
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'nodes that guard it',
    kind: 'odd',
    given: {
      manifests: documents(
        nodeWith('gce://p/z/n', '{ iam.gke.io/gke-metadata-server-enabled: "true" }'),
        WORLD,
      ),
    },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'other ports, other addresses, and pods only',
    kind: 'passing',
    given: {
      manifests: documents(
        AWS,
        egress('ports: [{ port: 443 }, { port: 53, protocol: UDP }]'),
        egress('to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [169.254.169.254/32] } }]').replace('rules', 'b'),
        egress('to: [{ namespaceSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8 } }]').replace('rules', 'c'),
      ),
    },
    expect: [],
  },
  {
    name: 'not in a cloud',
    kind: 'odd',
    given: { manifests: documents(nodeWith('kind://docker/a/b'), WORLD) },
    expect: [],
  },
  {
    name: 'no node was read',
    kind: 'unknown',
    given: { manifests: WORLD },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
