import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentIn } from './example-namespace.js'
import { namespaceKubeSystemAdditions } from './namespace-kube-system-additions.js'

const running = (image: string, pod: object = {}): { manifests: string } => ({
  manifests: deploymentIn('kube-system', pod, { image }),
})
const labelled = (labels: unknown): { manifests: string } => ({
  manifests: deploymentIn('kube-system').replace(
    '"metadata":{',
    `"metadata":{"labels":${JSON.stringify(labels)},`,
  ),
})

checkTests(namespaceKubeSystemAdditions, [
  {
    name: 'somebody put an application there',
    kind: 'failing',
    given: running('registry.example.com/shop:1'),
    expect: [{ result: 'fail', severity: 'low', path: 'metadata.namespace', fix: 'advice' }],
  },
  {
    name: 'an image that is called like one',
    kind: 'odd',
    given: running('example.com/registry.k8s.io/x:1'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'metrics-server',
    kind: 'passing',
    given: running('registry.k8s.io/metrics-server/metrics-server:v0.8.0'),
    expect: [],
  },
  {
    name: 'a helper of k3s',
    kind: 'passing',
    given: running('rancher/local-path-provisioner:v0.0.31'),
    expect: [],
  },
  {
    name: 'an add-on of EKS',
    kind: 'passing',
    given: running('602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/coredns:v1.11'),
    expect: [],
  },
  {
    name: 'what the nodes cannot be without',
    kind: 'passing',
    given: running('quay.io/x/csi:1', { priorityClassName: 'system-node-critical' }),
    expect: [],
  },
  {
    name: 'an add-on of the cluster by its label',
    kind: 'odd',
    given: labelled({ 'kubernetes.io/cluster-service': 'true' }),
    expect: [],
  },
  { name: 'another namespace', kind: 'passing', given: { manifests: deploymentIn('shop') }, expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: labelled('x'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
