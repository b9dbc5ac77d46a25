import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAlphaApis } from './apiserver-alpha-apis.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAlphaApis, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'all',
    kind: 'failing',
    given: apiserverWith(['--runtime-config=api/all=true']),
    expect: [{ result: 'fail', severity: 'low', message: 'switched on: api/all', line: 11, fix: 'patch' }],
  },
  {
    name: 'one group, beside another setting',
    kind: 'failing',
    given: apiserverWith(['--runtime-config=storage.k8s.io/v1alpha1=true,api/beta=false']),
    expect: [{ result: 'fail', message: 'switched on: storage.k8s.io/v1alpha1', fix: 'patch' }],
  },
  { name: 'none', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off',
    kind: 'passing',
    given: apiserverWith(['--runtime-config=api/alpha=false']),
    expect: [],
  },
  {
    name: 'a version without a value is on',
    kind: 'odd',
    given: apiserverWith(['--runtime-config=storage.k8s.io/v1alpha1']),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'all but alpha',
    kind: 'odd',
    given: apiserverWith(['--runtime-config=api/all=true', '--runtime-config=api/alpha=false']),
    expect: [],
  },
])
