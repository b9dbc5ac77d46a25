import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podNoMemoryLimit } from './pod-no-memory-limit.js'

const RANGE = `---
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: shop}
spec: {limits: [{type: Container, default: {memory: 256Mi}}]}
`
const COREDNS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns, namespace: kube-system}
spec:
  template:
    spec:
      containers: [{name: coredns, image: registry.k8s.io/coredns/coredns:v1.12.1, args: [-conf, /etc/coredns/Corefile]}]
`

checkTests(podNoMemoryLimit, [
  {
    name: 'none anywhere',
    kind: 'failing',
    given: podWith('resources: {requests: {memory: 1Gi}}'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.containers[name=app].resources.limits.memory',
        line: 10,
        fix: 'advice',
      },
    ],
  },
  { name: 'its own', kind: 'passing', given: podWith('resources: {limits: {memory: 1Gi}}'), expect: [] },
  {
    name: 'of the pod',
    kind: 'passing',
    given: podWith('', 'resources: {limits: {memory: 1Gi}}'),
    expect: [],
  },
  {
    name: 'by default of the namespace',
    kind: 'passing',
    given: { manifests: `${podWith('').manifests ?? ''}${RANGE}` },
    expect: [],
  },
  {
    name: 'an ephemeral container has none of its own',
    kind: 'odd',
    given: podWith('resources: {limits: {memory: 1Gi}}', 'ephemeralContainers: [{name: debug}]'),
    expect: [],
  },
  {
    name: 'a component as its authors ship it',
    kind: 'odd',
    given: { manifests: COREDNS },
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'limits that are no mapping',
    kind: 'unknown',
    given: podWith('resources: {limits: [memory]}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
