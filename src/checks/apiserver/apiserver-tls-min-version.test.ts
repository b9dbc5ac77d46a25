import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverTlsMinVersion } from './apiserver-tls-min-version.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverTlsMinVersion, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'TLS 1.0',
    kind: 'failing',
    given: apiserverWith(['--tls-min-version=VersionTLS10']),
    expect: [
      { result: 'fail', severity: 'medium', message: 'clients may use TLS 1.0', line: 11, fix: 'patch' },
    ],
  },
  { name: 'TLS 1.3', kind: 'passing', given: apiserverWith(['--tls-min-version=VersionTLS13']), expect: [] },
  { name: 'not given: TLS 1.2', kind: 'odd', given: apiserverWith(['--v=2']), expect: [] },
])
