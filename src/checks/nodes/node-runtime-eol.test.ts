import { checkTests } from '../../../test/kit/check-tests.js'
import { node } from './example-node.js'
import { nodeRuntimeEol } from './node-runtime-eol.js'

const runtime = (version: string): { manifests: string } => ({
  manifests: node('worker-1', { info: `containerRuntimeVersion: ${version}` }),
})

checkTests(nodeRuntimeEol, [
  {
    name: 'an old containerd',
    kind: 'failing',
    given: runtime('"containerd://2.1.4"'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        message: /2026-05-05/,
        path: 'status.nodeInfo.containerRuntimeVersion',
        fix: 'advice',
      },
    ],
  },
  { name: 'an old CRI-O', kind: 'failing', given: runtime('"cri-o://1.30.2"'), expect: [{ result: 'fail' }] },
  { name: 'one that gets fixes', kind: 'passing', given: runtime('"containerd://2.3.0"'), expect: [] },
  { name: 'Docker, which its host tells', kind: 'odd', given: runtime('"docker://20.10.7"'), expect: [] },
  { name: 'a build of k3s', kind: 'odd', given: runtime('"containerd://2.3.0-k3s1"'), expect: [] },
  {
    name: 'an old one that a provider builds',
    kind: 'odd',
    given: {
      manifests: node('a', {
        info: 'containerRuntimeVersion: "containerd://1.7.28", kubeletVersion: v1.34.1-eks-113cf36',
      }),
    },
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a runtime that nobody knows',
    kind: 'unknown',
    given: runtime('"mycri://3.1"'),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'none',
    kind: 'unknown',
    given: { manifests: node('a') },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
