import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverServiceAccountIssuer } from './apiserver-service-account-issuer.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverServiceAccountIssuer, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'plain HTTP',
    kind: 'failing',
    given: apiserverWith(['--service-account-issuer=http://a.example']),
    expect: [
      { result: 'fail', severity: 'low', message: 'plain HTTP: http://a.example', line: 11, fix: 'advice' },
    ],
  },
  {
    name: 'https',
    kind: 'passing',
    given: apiserverWith(['--service-account-issuer=https://a.example']),
    expect: [],
  },
  {
    name: 'a plain word, as old clusters have',
    kind: 'odd',
    given: apiserverWith(['--service-account-issuer=kubernetes/serviceaccount']),
    expect: [],
  },
  {
    name: 'a second one',
    kind: 'odd',
    given: apiserverWith([
      '--service-account-issuer=https://a.example',
      '--service-account-issuer=HTTP://b.example',
    ]),
    expect: [{ result: 'fail', message: 'plain HTTP: HTTP://b.example' }],
  },
])
