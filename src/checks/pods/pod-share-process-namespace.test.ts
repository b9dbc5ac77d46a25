import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podShareProcessNamespace } from './pod-share-process-namespace.js'

const SHARED = 'shareProcessNamespace: true'
const beside = (image: string, pod = SHARED): { manifests: string } => ({
  manifests: `${podWith('', pod).manifests ?? ''}    - name: other\n      image: ${image}\n`,
})

checkTests(podShareProcessNamespace, [
  {
    name: 'a sidecar of somebody else',
    kind: 'failing',
    given: beside('vendor.example/agent:2'),
    expect: [{ result: 'fail', severity: 'low', path: 'spec.shareProcessNamespace', fix: 'patch' }],
  },
  { name: 'not shared', kind: 'passing', given: beside('vendor.example/agent:2', ''), expect: [] },
  { name: 'both of one origin', kind: 'odd', given: beside('registry.example/app:2'), expect: [] },
  { name: 'one container', kind: 'odd', given: podWith('', SHARED), expect: [] },
  {
    name: 'a word',
    kind: 'unknown',
    given: beside('vendor.example/agent:2', 'shareProcessNamespace: "true"'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
