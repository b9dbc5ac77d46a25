import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuditLeaksSecrets } from './apiserver-audit-leaks-secrets.js'
import { apiserverWith } from './example-apiserver.js'
import { AUDIT_POLICY, AUDIT_POLICY_UNSEEN, auditedBy } from './example-audit.js'

const core = (level: string, resources: string, more = ''): string =>
  `- {level: ${level}, resources: [{group: "", resources: [${resources}]}]${more}}\n`
const REST = '- level: Metadata\n'

checkTests(apiserverAuditLeaksSecrets, [
  {
    name: 'everything with its answer',
    kind: 'failing',
    given: auditedBy('- level: RequestResponse\n'),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        file: AUDIT_POLICY,
        line: 4,
        path: 'RequestResponse',
        message: 'the log holds bodies of Secrets, tokens of service accounts, tokens under review',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'requests alone hold no answer',
    kind: 'failing',
    given: auditedBy('- level: Request\n'),
    expect: [{ result: 'fail', message: 'the log holds bodies of Secrets, tokens under review' }],
  },
  {
    name: 'metadata of what is secret, bodies of the rest',
    kind: 'passing',
    given: auditedBy(
      `${core('Metadata', 'secrets, configmaps, serviceaccounts/token')}- {level: Metadata, resources: [{group: authentication.k8s.io}]}\n- level: RequestResponse\n`,
    ),
    expect: [],
  },
  {
    name: 'requests for tokens hold none',
    kind: 'odd',
    given: auditedBy(core('Request', 'serviceaccounts/token') + REST),
    expect: [],
  },
  {
    name: 'reads at level Request have no body',
    kind: 'odd',
    given: auditedBy(core('Request', 'secrets', ', verbs: [get, list, watch]') + REST),
    expect: [],
  },
  {
    name: 'ConfigMaps alone',
    kind: 'odd',
    given: auditedBy(core('Request', 'configmaps', ', namespaces: [kube-system]') + REST),
    expect: [{ result: 'fail', severity: 'low', message: 'the log holds bodies of ConfigMaps' }],
  },
  {
    name: 'of one user in one namespace',
    kind: 'odd',
    given: auditedBy(core('RequestResponse', 'secrets', ', users: [ci], namespaces: [ci]') + REST),
    expect: [{ result: 'fail', path: 'RequestResponse secrets in ci by ci' }],
  },
  {
    name: 'a rule that an earlier one hides',
    kind: 'odd',
    given: auditedBy(core('Metadata', '"*"') + core('RequestResponse', 'secrets', ', users: [ci]')),
    expect: [],
  },
  {
    name: 'the stage that holds the body is left out',
    kind: 'odd',
    given: auditedBy('- level: RequestResponse\n  omitStages: [ResponseComplete]\n'),
    expect: [],
  },
  {
    name: 'no audit',
    kind: 'odd',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a policy that was not read',
    kind: 'unknown',
    given: AUDIT_POLICY_UNSEEN,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  ...unseenRows('kube-apiserver'),
])
