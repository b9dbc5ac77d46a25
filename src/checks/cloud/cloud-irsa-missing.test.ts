import { checkTests } from '../../../test/kit/check-tests.js'
import { cloudIrsaMissing } from './cloud-irsa-missing.js'
import { nodeOf } from './example-eks-node.js'

const pod = (env: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: app, image: a, env: [{name: ${env}, value: x}]}]}\n`
const on = (env: string, ...nodes: string[]): { manifests: string } => ({
  manifests: [pod(env), ...nodes].join('---\n'),
})

checkTests(cloudIrsaMissing, [
  {
    name: 'a key',
    kind: 'failing',
    given: on('AWS_SECRET_ACCESS_KEY', nodeOf()),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'spec.containers[name=app].env[name=AWS_SECRET_ACCESS_KEY]',
        fix: 'advice',
      },
    ],
  },
  { name: 'a region', kind: 'passing', given: on('AWS_REGION', nodeOf()), expect: [] },
  {
    name: 'a cluster without such roles',
    kind: 'odd',
    given: on('AWS_ACCESS_KEY_ID', nodeOf('v1.36.2')),
    expect: [],
  },
  {
    name: 'whose cluster it is',
    kind: 'unknown',
    given: on('AWS_ACCESS_KEY_ID'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
