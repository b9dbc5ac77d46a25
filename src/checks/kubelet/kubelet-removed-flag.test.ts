import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletRemovedFlag } from './kubelet-removed-flag.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

const NODE = `apiVersion: v1
kind: Node
metadata: {name: node-1}
status: {nodeInfo: {kubeletVersion: v1.36.2}}
`

checkTests(kubeletRemovedFlag, [
  {
    name: 'refused',
    kind: 'failing',
    given: kubeletWith('', '--no-such-flag=1'),
    expect: [{ result: 'fail', severity: 'high', path: 'refusal', fix: 'advice' }],
  },
  { name: 'starts', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'a flag of older versions',
    kind: 'odd',
    given: {
      ...kubeletWith('', '--pod-infra-container-image=registry.k8s.io/pause:3.10'),
      manifests: NODE,
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a flag of older versions, and the version is not known',
    kind: 'unknown',
    given: kubeletWith('', '--alsologtostderr=false'),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
