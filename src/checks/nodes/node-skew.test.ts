import { checkTests } from '../../../test/kit/check-tests.js'
import { node } from './example-node.js'
import { nodeSkew } from './node-skew.js'

const SERVER = `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver-cp-1, namespace: kube-system}
spec: {containers: [{name: a, image: "registry.k8s.io/kube-apiserver:v1.34.2"}]}
---
`
const kubelets = (...versions: string[]): string =>
  versions.map((version, at) => node(`n${at}`, { info: `kubeletVersion: ${version}` })).join('---\n')

checkTests(nodeSkew, [
  {
    name: 'four minors behind',
    kind: 'failing',
    given: { manifests: `${SERVER}${kubelets('v1.30.1')}` },
    expect: [{ result: 'fail', severity: 'medium', path: 'status.nodeInfo.kubeletVersion', fix: 'advice' }],
  },
  {
    name: 'newer than the server',
    kind: 'failing',
    given: { manifests: `${SERVER}${kubelets('v1.35.1')}` },
    expect: [{ result: 'fail', message: /newer than an API server/ }],
  },
  {
    name: 'three behind',
    kind: 'passing',
    given: { manifests: `${SERVER}${kubelets('v1.31.1')}` },
    expect: [],
  },
  {
    name: 'far behind another kubelet, without a server to see',
    kind: 'odd',
    given: { manifests: kubelets('v1.35.0', 'v1.28.0') },
    expect: [{ result: 'fail', message: /at least 1\.35/ }, { result: 'unknown' }],
  },
  {
    name: 'no server to see',
    kind: 'unknown',
    given: { manifests: kubelets('v1.35.0') },
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
])
