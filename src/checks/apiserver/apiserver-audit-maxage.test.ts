import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuditMaxage } from './apiserver-audit-maxage.js'
import { apiserverWith } from './example-apiserver.js'
import { auditedBy } from './example-audit.js'

const RULES = '- level: Metadata\n'
const LOG = ['--audit-log-path=/var/log/audit.log', '--audit-policy-file=/etc/kubernetes/a.yaml']

checkTests(apiserverAuditMaxage, [
  {
    name: 'too small',
    kind: 'failing',
    given: auditedBy(RULES, ['--audit-log-maxage=29']),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'audit-log-maxage',
        line: 13,
        message: '29 days is less than 30',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'no limit',
    kind: 'failing',
    given: auditedBy(RULES, ['--audit-log-maxage=0']),
    expect: [
      {
        result: 'fail',
        path: 'audit-log-maxage',
        message: 'old files of the audit log are never removed for their age',
        fix: 'patch',
      },
    ],
  },
  { name: 'enough', kind: 'passing', given: auditedBy(RULES, ['--audit-log-maxage=30']), expect: [] },
  { name: 'the default of 1.36', kind: 'odd', given: auditedBy(RULES), expect: [] },
  {
    name: 'the default before',
    kind: 'odd',
    given: apiserverWith(LOG, { version: 'v1.35.1' }),
    expect: [{ result: 'fail', path: 'audit-log-maxage', fix: 'patch' }],
  },
  {
    name: 'standard output',
    kind: 'odd',
    given: auditedBy(RULES, ['--audit-log-path=-', '--audit-log-maxage=1']),
    expect: [{ result: 'notApplicable', message: 'the audit log is not written to a file' }],
  },
  {
    name: 'no log',
    kind: 'odd',
    given: apiserverWith(['--audit-log-maxage=1']),
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
