import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverFeatureGatesAlpha } from './apiserver-feature-gates-alpha.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverFeatureGatesAlpha, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'all of them',
    kind: 'failing',
    given: apiserverWith(['--feature-gates=AllAlpha=true']),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        message: 'alpha: AllAlpha',
        path: 'feature-gates',
        line: 11,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'one, beside another',
    kind: 'failing',
    given: apiserverWith(['--feature-gates=StorageVersionAPI=true,APIServerTracing=true']),
    expect: [{ result: 'fail', message: 'alpha: StorageVersionAPI', fix: 'patch' }],
  },
  { name: 'none', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'a beta feature, and an alpha one that is off',
    kind: 'passing',
    given: apiserverWith(['--feature-gates=APIResponseCompression=false,StorageVersionAPI=false']),
    expect: [],
  },
  {
    name: 'a gate that nobody knows',
    kind: 'odd',
    given: apiserverWith(['--feature-gates=NoSuchGate=true']),
    expect: [],
  },
])
