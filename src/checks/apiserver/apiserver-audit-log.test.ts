import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuditLog } from './apiserver-audit-log.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAuditLog, [
  {
    name: 'nothing is set',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'medium', path: 'audit-log-path', fix: 'patch' }],
  },
  {
    name: 'a log',
    kind: 'passing',
    given: apiserverWith(['--audit-log-path=/var/log/audit.log']),
    expect: [],
  },
  { name: 'standard output', kind: 'odd', given: apiserverWith(['--audit-log-path=-']), expect: [] },
  {
    name: 'a webhook',
    kind: 'odd',
    given: apiserverWith(['--audit-webhook-config-file=/etc/a.conf']),
    expect: [],
  },
  {
    name: 'a path that is empty',
    kind: 'odd',
    given: apiserverWith(['--audit-log-path=']),
    expect: [{ result: 'fail', path: 'audit-log-path', line: 11 }],
  },
  {
    name: 'a policy alone',
    kind: 'odd',
    given: apiserverWith(['--audit-policy-file=/etc/kubernetes/audit.yaml']),
    expect: [{ result: 'fail' }],
  },
  ...unseenRows('kube-apiserver'),
])
