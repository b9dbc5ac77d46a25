import type { Example } from '../define-check.js'
import { checkTests } from '../../../test/kit/check-tests.js'
import { auditLogOf } from './example-audit-log.js'
import { bindingOf, clusterRole, roleBindingOf } from './example-objects.js'
import { rbacUnused } from './rbac-unused.js'

const RUNNER = { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' }
const ACCOUNT = '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: runner, namespace: ci }\n'
const user = 'system:serviceaccount:ci:runner'
const get = { user, verb: 'get', resource: 'pods' }
const rule = (verbs: string[], ...resources: string[]): object => ({ verbs, apiGroups: [''], resources })
const bound = (...rules: object[]): string =>
  `${clusterRole('r', rules)}---\n${bindingOf('b', 'r', RUNNER)}${ACCOUNT}`
const given = (manifests: string, ...requests: Parameters<typeof auditLogOf>): Example => ({
  manifests,
  settings: { auditLog: auditLogOf(...requests) },
})
const OTHER = { user: 'someone', verb: 'get', resource: 'pods' }

checkTests(rbacUnused, [
  {
    name: 'one verb of two',
    kind: 'failing',
    given: given(bound(rule(['get', 'delete'], 'pods')), get),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        message:
          'ServiceAccount ci/runner holds more than it used in 14 days of log: never delete pods (core)',
        path: 'subjects[name=runner]',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'nothing at all, and two bindings',
    kind: 'failing',
    given: given(
      `${bound(rule(['get'], 'pods'))}---\n${roleBindingOf('shop', 'c', { kind: 'ClusterRole', name: 'view' }, RUNNER)}`,
      OTHER,
    ),
    expect: [{ result: 'fail', message: /used nothing of what its bindings give in 14 days/ }],
  },
  {
    name: 'everything by a star',
    kind: 'failing',
    given: given(bound({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }), get),
    expect: [{ result: 'fail', message: /only a part of \* \* \(\*\)$/ }],
  },
  {
    name: 'a right that was used in another namespace than that of the RoleBinding',
    kind: 'failing',
    given: given(
      `${clusterRole('r', [rule(['get'], 'pods')])}---\n${roleBindingOf('shop', 'b', { kind: 'ClusterRole', name: 'r' }, RUNNER)}`,
      { ...get, namespace: 'ci' },
    ),
    expect: [{ result: 'fail', message: /nothing/, line: 18 }],
  },
  {
    name: 'a group, whose members were seen',
    kind: 'failing',
    given: given(
      `${clusterRole('r', [rule(['get', 'list'], 'pods')])}---\n${bindingOf('b', 'r', { kind: 'Group', name: 'devs' })}`,
      { user: 'alice', groups: ['devs'], verb: 'get', resource: 'pods' },
      { user: 'bob', groups: ['devs'], verb: 'get', resource: 'nodes' },
    ),
    expect: [{ result: 'fail', message: /^Group devs \(2 members seen\) .*never list pods/ }],
  },
  {
    name: 'a request that was refused is no use',
    kind: 'failing',
    given: given(bound(rule(['get'], 'pods')), { ...get, decision: 'forbid' }, OTHER),
    expect: [{ result: 'fail', message: /nothing/ }],
  },
  {
    name: 'all that it holds',
    kind: 'passing',
    given: given(bound(rule(['get'], 'pods', 'pods/log')), get, { ...get, resource: 'pods/log' }),
    expect: [],
  },
  {
    name: 'a stream over a WebSocket, and an object made by server-side apply, need create',
    kind: 'passing',
    given: given(
      bound(rule(['get', 'create'], 'pods/exec'), rule(['patch', 'create'], 'configmaps')),
      { ...get, resource: 'pods/exec' },
      { ...get, verb: 'patch', resource: 'configmaps', code: 201 },
    ),
    expect: [],
  },
  {
    name: 'a watch that still runs, and a group of the API that only one of two resources has',
    kind: 'passing',
    given: given(
      bound({ verbs: ['watch'], apiGroups: ['', 'apps'], resources: ['pods', 'deployments'] }),
      { ...get, verb: 'watch', stage: 'ResponseStarted' },
      { ...get, verb: 'watch', resource: 'deployments.apps', stage: 'ResponseStarted' },
    ),
    expect: [],
  },
  {
    name: 'rights that no log shows: asked inside, by kubelets, and on other servers',
    kind: 'odd',
    given: given(
      bound(
        rule(['escalate', 'bind', 'use'], 'roles'),
        rule(['update'], 'deployments/finalizers'),
        rule(['get'], 'nodes/metrics'),
        { verbs: ['get'], nonResourceURLs: ['/metrics'] },
      ),
      OTHER,
    ),
    expect: [],
  },
  {
    name: 'who acted as somebody else used the right to impersonate, and not those of the other',
    kind: 'odd',
    given: given(bound(rule(['impersonate'], 'users'), rule(['get'], 'pods')), { ...get, as: 'alice' }),
    expect: [{ result: 'fail', message: /: never get pods \(core\)$/ }],
  },
  {
    name: 'subjects of Kubernetes, and default bindings',
    kind: 'odd',
    given: given(
      `${clusterRole('r', [rule(['get'], 'pods')])}---
${bindingOf('b', 'r', { kind: 'User', name: 'system:kube-scheduler' }, { kind: 'Group', name: 'system:nodes' })}---
${bindingOf('system:controller:job-controller', 'system:controller:job-controller', { kind: 'ServiceAccount', namespace: 'kube-system', name: 'job-controller' })}`,
      OTHER,
    ),
    expect: [],
  },
  {
    name: 'an account that is written as a user, twice in one binding',
    kind: 'odd',
    given: given(
      `${clusterRole('r', [rule(['get'], 'pods')])}---\n${bindingOf('b', 'r', RUNNER, { kind: 'User', name: user })}`,
      OTHER,
    ),
    expect: [{ result: 'fail', message: /^ServiceAccount ci\/runner/ }],
  },
  {
    name: 'a right whose use the audit policy leaves out',
    kind: 'odd',
    given: {
      ...given(bound(rule(['get', 'delete'], 'pods')), OTHER),
      hosts: {
        cp: {
          files: {
            '/etc/kubernetes/audit.yaml':
              'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - {level: None, verbs: [get]}\n  - {level: Metadata}\n',
          },
          processes: [
            'kube-apiserver --audit-policy-file=/etc/kubernetes/audit.yaml --audit-log-path=/var/log/audit.log',
          ],
        },
      },
    },
    expect: [{ result: 'fail', message: /: never delete pods \(core\)$/ }],
  },
  {
    name: 'a role that does not exist gives nothing',
    kind: 'odd',
    given: given(bindingOf('b', 'none', RUNNER), OTHER),
    expect: [],
  },
  {
    name: 'no log',
    kind: 'unknown',
    given: { manifests: bound(rule(['get'], 'pods')) },
    expect: [{ result: 'unknown', reason: 'not-given' }],
  },
  {
    name: 'a log without any allowed request',
    kind: 'unknown',
    given: given(bound(rule(['get'], 'pods'))),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a group of which no member was seen',
    kind: 'unknown',
    given: given(
      `${clusterRole('r', [rule(['get'], 'pods')])}---\n${bindingOf('b', 'r', { kind: 'Group', name: 'devs' })}`,
      OTHER,
    ),
    expect: [{ result: 'unknown', reason: 'no-source', message: /no member of Group devs/ }],
  },
])
