import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podBare } from './pod-bare.js'

const podWithMetadata = (metadata: string, status = ''): { manifests: string } => ({
  manifests: `${(podWith('').manifests ?? '').replace('  name: web\n', `  name: web\n  ${metadata}\n`)}${status}`,
})
const OWNER = 'ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, controller: true}]'

checkTests(podBare, [
  {
    name: 'started by hand',
    kind: 'failing',
    given: podWith(''),
    expect: [{ result: 'fail', severity: 'info', path: 'metadata.name', line: 4, fix: 'advice' }],
  },
  { name: 'of a controller', kind: 'passing', given: podWithMetadata(OWNER), expect: [] },
  {
    name: 'a test of a chart',
    kind: 'odd',
    given: podWithMetadata('annotations: {helm.sh/hook: test}'),
    expect: [],
  },
  {
    name: 'it has ended',
    kind: 'odd',
    given: podWithMetadata('labels: {a: b}', 'status: {phase: Succeeded}\n'),
    expect: [],
  },
  {
    name: 'owners that are no list',
    kind: 'unknown',
    given: podWithMetadata('ownerReferences: {kind: ReplicaSet}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
