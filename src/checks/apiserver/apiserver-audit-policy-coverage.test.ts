import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuditPolicyCoverage } from './apiserver-audit-policy-coverage.js'
import { apiserverWith } from './example-apiserver.js'
import { AUDIT_POLICY, AUDIT_POLICY_UNSEEN, auditedBy } from './example-audit.js'

// As the script that set up clusters on Google's machines writes it, with what it leaves out at the begin.
// Source: kubernetes v1.30.0 cluster/gce/gci/configure-helper.sh, create-master-audit-policy.
const WELL_KNOWN = `- level: None
  users: ["system:kube-proxy"]
  verbs: ["watch"]
  resources: [{group: "", resources: ["endpoints", "services", "services/status"]}]
- level: None
  users: ["system:unsecured"]
  namespaces: ["kube-system"]
  verbs: ["get"]
  resources: [{group: "", resources: ["configmaps"]}]
- level: None
  users: ["kubelet"]
  verbs: ["get"]
  resources: [{group: "", resources: ["nodes", "nodes/status"]}]
- level: None
  userGroups: ["system:nodes"]
  verbs: ["get"]
  resources: [{group: "", resources: ["nodes", "nodes/status"]}]
- level: None
  users: ["system:kube-controller-manager", "system:kube-scheduler"]
  verbs: ["get", "update"]
  namespaces: ["kube-system"]
  resources: [{group: "", resources: ["endpoints"]}]
- level: None
  nonResourceURLs: ["/healthz*", "/version", "/swagger*"]
- level: None
  resources: [{group: "", resources: ["events"]}]
- level: Metadata
  resources:
  - {group: "", resources: ["secrets", "configmaps", "serviceaccounts/token"]}
  - {group: authentication.k8s.io, resources: ["tokenreviews"]}
  omitStages: ["RequestReceived"]
- level: Request
  verbs: ["get", "list", "watch"]
  resources: [{group: ""}, {group: apps}]
  omitStages: ["RequestReceived"]
- level: RequestResponse
  resources: [{group: ""}, {group: rbac.authorization.k8s.io}]
  omitStages: ["RequestReceived"]
- level: Metadata
  omitStages: ["RequestReceived"]
`

checkTests(apiserverAuditPolicyCoverage, [
  {
    name: 'reads are left out',
    kind: 'failing',
    given: auditedBy('- level: None\n  verbs: [get, list, watch]\n- level: Metadata\n'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'reads of Secrets',
        file: AUDIT_POLICY,
        line: 4,
        message:
          'not recorded: reads of Secrets; not recorded: reads of ConfigMaps; not recorded: commands in pods and tunnels to them; not recorded: requests through the API server to kubelets',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'no rule for most',
    kind: 'failing',
    given: auditedBy('- level: Metadata\n  resources: [{group: "", resources: [secrets]}]\n'),
    expect: [
      { result: 'fail', path: 'changes of roles and bindings', message: /^not recorded: changes of roles/ },
    ],
  },
  { name: 'everything', kind: 'passing', given: auditedBy('- level: Metadata\n'), expect: [] },
  { name: 'a well-known policy', kind: 'passing', given: auditedBy(WELL_KNOWN), expect: [] },
  {
    name: 'administrators are left out',
    kind: 'odd',
    given: auditedBy('- {level: None, userGroups: ["system:masters"]}\n- level: Metadata\n'),
    expect: [{ result: 'fail', message: /reads of Secrets by members of system:masters/ }],
  },
  {
    name: 'service accounts are left out',
    kind: 'odd',
    given: auditedBy('- {level: None, userGroups: ["system:serviceaccounts"]}\n- level: Metadata\n'),
    expect: [{ result: 'fail', message: /reads of Secrets by service accounts/ }],
  },
  {
    name: 'one namespace is left out',
    kind: 'odd',
    given: auditedBy('- {level: None, namespaces: [kube-system]}\n- level: Metadata\n'),
    expect: [{ result: 'fail', message: /reads of Secrets/ }],
  },
  {
    name: 'named users and other namespaces may be left out',
    kind: 'odd',
    given: auditedBy(
      '- {level: None, users: ["system:kube-scheduler"]}\n- {level: None, namespaces: [ci]}\n- level: Metadata\n',
    ),
    expect: [],
  },
  {
    name: 'the stages at which commands in pods are written',
    kind: 'odd',
    given: auditedBy('- level: Metadata\n  omitStages: [RequestReceived, ResponseComplete]\n'),
    expect: [{ result: 'fail', message: /changes of roles/ }],
  },
  {
    name: 'nothing is recorded: another fault',
    kind: 'odd',
    given: auditedBy('- level: None\n'),
    expect: [{ result: 'notApplicable', message: 'the audit policy records nothing' }],
  },
  {
    name: 'no audit',
    kind: 'odd',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'notApplicable', message: 'no audit policy is in force' }],
  },
  {
    name: 'a policy that was not read',
    kind: 'unknown',
    given: AUDIT_POLICY_UNSEEN,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  ...unseenRows('kube-apiserver'),
])
