import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuditMaxsize } from './apiserver-audit-maxsize.js'
import { apiserverWith } from './example-apiserver.js'
import { auditedBy } from './example-audit.js'

const RULES = '- level: Metadata\n'
const LOG = ['--audit-log-path=/var/log/audit.log', '--audit-policy-file=/etc/kubernetes/a.yaml']

checkTests(apiserverAuditMaxsize, [
  {
    name: 'too small',
    kind: 'failing',
    given: auditedBy(RULES, ['--audit-log-maxsize=99']),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'audit-log-maxsize',
        line: 13,
        message: '99 MB is less than 100',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'no limit',
    kind: 'failing',
    given: auditedBy(RULES, ['--audit-log-maxsize=0']),
    expect: [
      {
        result: 'fail',
        path: 'audit-log-maxsize',
        message: 'the audit log is one file that grows without end',
        fix: 'patch',
      },
    ],
  },
  { name: 'enough', kind: 'passing', given: auditedBy(RULES, ['--audit-log-maxsize=100']), expect: [] },
  { name: 'the default of 1.36', kind: 'odd', given: auditedBy(RULES), expect: [] },
  {
    name: 'the default before',
    kind: 'odd',
    given: apiserverWith(LOG, { version: 'v1.35.1' }),
    expect: [{ result: 'fail', path: 'audit-log-maxsize', fix: 'patch' }],
  },
  {
    name: 'standard output',
    kind: 'odd',
    given: auditedBy(RULES, ['--audit-log-path=-', '--audit-log-maxsize=1']),
    expect: [{ result: 'notApplicable', message: 'the audit log is not written to a file' }],
  },
  {
    name: 'no log',
    kind: 'odd',
    given: apiserverWith(['--audit-log-maxsize=1']),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'the version decides, and is not known',
    kind: 'unknown',
    given: apiserverWith(LOG, { version: 'latest' }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  ...unseenRows('kube-apiserver'),
])
