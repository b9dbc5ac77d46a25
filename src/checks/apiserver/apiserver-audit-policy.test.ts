import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuditPolicy } from './apiserver-audit-policy.js'
import { apiserverWith } from './example-apiserver.js'
import { AUDIT_POLICY, AUDIT_POLICY_UNSEEN, auditedBy } from './example-audit.js'

checkTests(apiserverAuditPolicy, [
  {
    name: 'one rule, for nothing',
    kind: 'failing',
    given: auditedBy('- level: None\n'),
    expect: [
      { result: 'fail', severity: 'medium', path: 'rules', file: AUDIT_POLICY, line: 4, fix: 'advice' },
    ],
  },
  { name: 'metadata', kind: 'passing', given: auditedBy('- level: Metadata\n'), expect: [] },
  {
    name: 'every stage left out',
    kind: 'odd',
    given: auditedBy(
      '- level: Request\n  omitStages: [RequestReceived, ResponseStarted, ResponseComplete]\n',
    ),
    expect: [{ result: 'fail', message: 'no request is recorded under this policy' }],
  },
  {
    name: 'a policy that the API server refuses',
    kind: 'odd',
    given: auditedBy('- level: All\n'),
    expect: [{ result: 'fail', path: 'audit-policy-file', file: AUDIT_POLICY, line: 4, message: /refuses/ }],
  },
  {
    name: 'no policy',
    kind: 'odd',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'notApplicable', message: 'no audit policy is given' }],
  },
  {
    name: 'a policy that was not read',
    kind: 'unknown',
    given: AUDIT_POLICY_UNSEEN,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  ...unseenRows('kube-apiserver'),
])
