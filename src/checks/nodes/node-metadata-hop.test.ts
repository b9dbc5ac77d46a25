import { checkTests } from '../../../test/kit/check-tests.js'
import { nodeMetadataHop } from './node-metadata-hop.js'

const made = (kind: string, group: string, spec: string): { manifests: string } => ({
  manifests: `apiVersion: ${group}\nkind: ${kind}\nmetadata: {name: a}\nspec: {${spec}}\n`,
})
const nodeClass = (spec: string): { manifests: string } => made('EC2NodeClass', 'karpenter.k8s.aws/v1', spec)

checkTests(nodeMetadataHop, [
  {
    name: 'two hops',
    kind: 'failing',
    given: nodeClass('metadataOptions: {httpPutResponseHopLimit: 2}'),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'spec.metadataOptions.httpPutResponseHopLimit',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'without tokens',
    kind: 'failing',
    given: nodeClass('metadataOptions: {httpTokens: optional}'),
    expect: [{ result: 'fail', message: /token/ }],
  },
  {
    name: 'one hop with tokens',
    kind: 'passing',
    given: nodeClass('metadataOptions: {httpPutResponseHopLimit: 1, httpTokens: required}'),
    expect: [],
  },
  { name: 'the default of today', kind: 'odd', given: nodeClass('role: a'), expect: [] },
  {
    name: 'the default of before',
    kind: 'odd',
    given: made('AWSNodeTemplate', 'karpenter.k8s.aws/v1alpha1', ''),
    expect: [{ result: 'fail', message: /2 hops/ }],
  },
  {
    name: 'switched off',
    kind: 'odd',
    given: nodeClass('metadataOptions: {httpEndpoint: disabled, httpPutResponseHopLimit: 3}'),
    expect: [],
  },
  {
    name: 'no number',
    kind: 'unknown',
    given: nodeClass('metadataOptions: {httpPutResponseHopLimit: many}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
