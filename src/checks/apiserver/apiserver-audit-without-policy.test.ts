import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuditWithoutPolicy } from './apiserver-audit-without-policy.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAuditWithoutPolicy, [
  {
    name: 'a log without a policy',
    kind: 'failing',
    given: apiserverWith(['--audit-log-path=/var/log/audit.log']),
    expect: [{ result: 'fail', severity: 'medium', path: 'audit-log-path', line: 11, fix: 'patch' }],
  },
  {
    name: 'a log with a policy',
    kind: 'passing',
    given: apiserverWith(['--audit-log-path=/var/log/audit.log', '--audit-policy-file=/etc/a.yaml']),
    expect: [],
  },
  { name: 'no log at all is another fault', kind: 'odd', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'a log and a webhook, and a policy that is empty',
    kind: 'odd',
    given: apiserverWith([
      '--audit-log-path=-',
      '--audit-webhook-config-file=/etc/a.conf',
      '--audit-policy-file=',
    ]),
    expect: [{ result: 'fail', path: 'audit-log-path', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
