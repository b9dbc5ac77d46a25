import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverServiceAccountApiAudiences } from './apiserver-service-account-api-audiences.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverServiceAccountApiAudiences, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'that of AWS',
    kind: 'failing',
    given: apiserverWith(['--api-audiences=kubernetes.svc.default,sts.amazonaws.com']),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        message: 'audiences of other services: sts.amazonaws.com',
        line: 11,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'its own',
    kind: 'passing',
    given: apiserverWith(['--api-audiences=kubernetes.svc.default']),
    expect: [],
  },
  { name: 'not given: the issuer', kind: 'odd', given: apiserverWith(['--v=2']), expect: [] },
])
