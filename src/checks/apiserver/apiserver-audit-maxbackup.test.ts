import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuditMaxbackup } from './apiserver-audit-maxbackup.js'
import { apiserverWith } from './example-apiserver.js'
import { auditedBy } from './example-audit.js'

const RULES = '- level: Metadata\n'
const LOG = ['--audit-log-path=/var/log/audit.log', '--audit-policy-file=/etc/kubernetes/a.yaml']

checkTests(apiserverAuditMaxbackup, [
  {
    name: 'too small',
    kind: 'failing',
    given: auditedBy(RULES, ['--audit-log-maxbackup=9']),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'audit-log-maxbackup',
        line: 13,
        message: '9 files is less than 10',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'no limit',
    kind: 'failing',
    given: auditedBy(RULES, ['--audit-log-maxbackup=0']),
    expect: [
      {
        result: 'fail',
        path: 'audit-log-maxbackup',
        message: 'files of the audit log are kept without a limit of their number',
        fix: 'patch',
      },
    ],
  },
  { name: 'enough', kind: 'passing', given: auditedBy(RULES, ['--audit-log-maxbackup=10']), expect: [] },
  { name: 'the default of 1.36', kind: 'odd', given: auditedBy(RULES), expect: [] },
  {
    name: 'the default before',
    kind: 'odd',
    given: apiserverWith(LOG, { version: 'v1.35.1' }),
    expect: [{ result: 'fail', path: 'audit-log-maxbackup', fix: 'patch' }],
  },
  {
    name: 'standard output',
    kind: 'odd',
    given: auditedBy(RULES, ['--audit-log-path=-', '--audit-log-maxbackup=1']),
    expect: [{ result: 'notApplicable', message: 'the audit log is not written to a file' }],
  },
  {
    name: 'no log',
    kind: 'odd',
    given: apiserverWith(['--audit-log-maxbackup=1']),
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
