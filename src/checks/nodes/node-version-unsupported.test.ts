import { checkTests } from '../../../test/kit/check-tests.js'
import { node } from './example-node.js'
import { nodeVersionUnsupported } from './node-version-unsupported.js'

const kubelet = (version: string): { manifests: string } => ({
  manifests: node('worker-1', { info: `kubeletVersion: ${version}` }),
})

checkTests(nodeVersionUnsupported, [
  {
    name: 'an old release',
    kind: 'failing',
    given: kubelet('v1.33.4'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        message: 'Kubernetes 1.33 gets no fixes since 2026-06-28 (as of 2026-11-23)',
        path: 'status.nodeInfo.kubeletVersion',
        fix: 'advice',
      },
    ],
  },
  { name: 'one that gets fixes', kind: 'passing', given: kubelet('v1.35.1'), expect: [] },
  {
    name: 'older than the list',
    kind: 'odd',
    given: kubelet('v1.11.0'),
    expect: [{ result: 'fail', message: /for years/ }],
  },
  {
    name: 'a build of somebody else',
    kind: 'odd',
    given: kubelet('v1.30.4-eks-a737599'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'newer than the list',
    kind: 'unknown',
    given: kubelet('v1.99.0'),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'no version',
    kind: 'unknown',
    given: { manifests: node('a') },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a number',
    kind: 'unknown',
    given: kubelet('1.36'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
