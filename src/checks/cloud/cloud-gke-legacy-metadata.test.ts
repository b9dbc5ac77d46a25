import { checkTests } from '../../../test/kit/check-tests.js'
import { cloudGkeLegacyMetadata } from './cloud-gke-legacy-metadata.js'
import { nodeOf } from './example-eks-node.js'

const labelled = (labels: string): { manifests: string } => ({ manifests: nodeOf('v1.35.1-gke.100', labels) })
const POOL = 'cloud.google.com/gke-nodepool: a'

checkTests(cloudGkeLegacyMetadata, [
  {
    name: 'open to pods',
    kind: 'failing',
    given: labelled(POOL),
    expect: [{ result: 'fail', severity: 'medium', path: 'metadata.labels', fix: 'advice' }],
  },
  {
    name: 'guarded',
    kind: 'passing',
    given: labelled(`${POOL}, iam.gke.io/gke-metadata-server-enabled: "true"`),
    expect: [],
  },
  { name: 'another cloud', kind: 'odd', given: { manifests: nodeOf() }, expect: [] },
  {
    name: 'labels that are none',
    kind: 'unknown',
    given: { manifests: nodeOf().replace('labels: {}', 'labels: []') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
