import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerServiceAccountCredentials } from './controller-manager-service-account-credentials.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerServiceAccountCredentials, [
  {
    name: 'off',
    kind: 'failing',
    given: controllerManagerWith(['--use-service-account-credentials=false']),
    expect: [
      { result: 'fail', path: 'use-service-account-credentials', line: 11, fix: 'patch', severity: 'medium' },
    ],
  },
  {
    name: 'off by default',
    kind: 'odd',
    given: controllerManagerWith(['--v=2']),
    expect: [{ result: 'fail', path: 'use-service-account-credentials', fix: 'patch' }],
  },
  {
    name: 'on',
    kind: 'passing',
    given: controllerManagerWith(['--use-service-account-credentials=true']),
    expect: [],
  },
  ...unseenRows('kube-controller-manager'),
])
