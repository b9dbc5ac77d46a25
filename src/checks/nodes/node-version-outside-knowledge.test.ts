import { checkTests } from '../../../test/kit/check-tests.js'
import { node } from './example-node.js'
import { nodeVersionOutsideKnowledge } from './node-version-outside-knowledge.js'

const nodes = (...versions: string[]): { manifests: string } => ({
  manifests: versions
    .map((version, at) => node(`n${at}`, { info: `kubeletVersion: ${version}` }))
    .join('---\n'),
})

checkTests(nodeVersionOutsideKnowledge, [
  {
    name: 'older than the oldest',
    kind: 'failing',
    given: nodes('v1.29.3', 'v1.29.8', 'v1.34.1'),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        message: 'Kubernetes 1.29 is judged by what is known of 1.31 to 1.37',
        path: '1.29',
      },
    ],
  },
  {
    name: 'newer than the newest',
    kind: 'failing',
    given: nodes('v1.38.0'),
    expect: [{ result: 'fail', path: '1.38' }],
  },
  { name: 'the oldest and the newest', kind: 'passing', given: nodes('v1.31.0', 'v1.37.2+k3s1'), expect: [] },
  {
    name: 'no Node at all',
    kind: 'odd',
    given: { manifests: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' },
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a Node that tells none',
    kind: 'unknown',
    given: { manifests: node('a') },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'no version',
    kind: 'unknown',
    given: nodes('tip'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
