import { checkTests } from '../../../test/kit/check-tests.js'
import { cloudEksAccessEntriesUnknown } from './cloud-eks-access-entries-unknown.js'
import { nodeOf } from './example-eks-node.js'

checkTests(cloudEksAccessEntriesUnknown, [
  {
    name: 'a node of EKS',
    kind: 'failing',
    given: { manifests: nodeOf() },
    expect: [{ result: 'fail', severity: 'info', path: 'access entries', fix: 'advice' }],
  },
  { name: 'another cluster', kind: 'passing', given: { manifests: nodeOf('v1.36.2') }, expect: [] },
  {
    name: 'told by a label, and said once',
    kind: 'odd',
    given: {
      manifests: `${nodeOf('v1.36.2', 'eks.amazonaws.com/nodegroup: a')}---\n${nodeOf().replace('ip-10-0-1-7', 'ip-10-0-1-8')}`,
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a version that is no text',
    kind: 'unknown',
    given: { manifests: nodeOf('{}') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
