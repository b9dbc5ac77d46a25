import { checkTests } from '../../../test/kit/check-tests.js'
import { cloudAksPodIdentityOld } from './cloud-aks-pod-identity-old.js'

const made = (kind: string, group: string, spec = '{type: 0}'): { manifests: string } => ({
  manifests: `apiVersion: ${group}/v1\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\nspec: ${spec}\n`,
})
const GROUP = 'aadpodidentity.k8s.io'

checkTests(cloudAksPodIdentityOld, [
  {
    name: 'an identity',
    kind: 'failing',
    given: made('AzureIdentity', GROUP),
    expect: [{ result: 'fail', severity: 'medium', path: 'spec', fix: 'advice' }],
  },
  {
    name: 'its binding, which says no more',
    kind: 'odd',
    given: made('AzureIdentityBinding', GROUP),
    expect: [],
  },
  {
    name: 'an object of another group',
    kind: 'passing',
    given: made('AzureIdentity', 'example.com'),
    expect: [],
  },
  {
    name: 'no mapping',
    kind: 'unknown',
    given: made('AzureIdentity', GROUP, '[]'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
