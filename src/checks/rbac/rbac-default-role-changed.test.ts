import { checkTests } from '../../../test/kit/check-tests.js'
import { bindingOf, clusterRole } from './example-objects.js'
import { rbacDefaultRoleChanged } from './rbac-default-role-changed.js'

const secrets = { verbs: ['get'], apiGroups: [''], resources: ['secrets'] }
const certificates = { verbs: ['create', 'get'], apiGroups: ['cert-manager.io'], resources: ['certificates'] }
const node = (version: string): string =>
  `---\napiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nstatus: { nodeInfo: { kubeletVersion: ${version} } }\n`
const labelled = (name: string, label: string, ...rules: object[]): string =>
  clusterRole(name, rules).replace(
    'metadata:\n',
    `metadata:\n  labels: { rbac.authorization.k8s.io/${label}: "true" }\n`,
  )

checkTests(rbacDefaultRoleChanged, [
  {
    name: 'a rule is added to a system role',
    kind: 'failing',
    given: { manifests: `${clusterRole('system:node-problem-detector', [secrets])}${node('v1.36.2')}` },
    expect: [{ result: 'fail', severity: 'high', line: 6, message: /get secrets/, fix: 'advice' }],
  },
  {
    name: 'a version whose defaults are not known',
    kind: 'unknown',
    given: { manifests: `${clusterRole('system:node-problem-detector', [secrets])}${node('v1.28.2')}` },
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'the API server must not repair it',
    kind: 'odd',
    given: {
      manifests: bindingOf('system:discovery', 'system:discovery').replace(
        'metadata:\n',
        'metadata:\n  annotations: { rbac.authorization.kubernetes.io/autoupdate: "false" }\n',
      ),
    },
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'view reads Secrets by a label',
    kind: 'failing',
    given: { manifests: labelled('more-view', 'aggregate-to-view', secrets) },
    expect: [{ result: 'fail', severity: 'high', line: 4, message: /view/ }],
  },
  {
    name: 'view changes something by a label',
    kind: 'failing',
    given: { manifests: labelled('certificates', 'aggregate-to-view', certificates) },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'edit runs commands on nodes by a label',
    kind: 'failing',
    given: {
      manifests: labelled('more-edit', 'aggregate-to-edit', {
        verbs: ['create'],
        apiGroups: [''],
        resources: ['nodes/proxy'],
      }),
    },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'an operator adds its own resources to edit, as the label is meant',
    kind: 'passing',
    given: { manifests: labelled('certificates', 'aggregate-to-edit', certificates) },
    expect: [],
  },
  {
    name: 'and what everybody with edit may do already',
    kind: 'passing',
    given: { manifests: labelled('more', 'aggregate-to-edit', { ...secrets, verbs: ['create'] }) },
    expect: [],
  },
  {
    name: 'metrics in view, as metrics-server adds them',
    kind: 'odd',
    given: {
      manifests: labelled('system:aggregated-metrics-reader', 'aggregate-to-view', {
        verbs: ['get', 'list'],
        apiGroups: ['metrics.k8s.io'],
        resources: ['pods', 'nodes'],
      }),
    },
    expect: [],
  },
  {
    name: 'edit gives more, and what was aggregated into it was not read',
    kind: 'unknown',
    given: { manifests: clusterRole('edit', [certificates]) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'edit gives what a role of the cluster adds to it',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${clusterRole('edit', [certificates])}aggregationRule:
  clusterRoleSelectors: [{ matchLabels: { rbac.authorization.k8s.io/aggregate-to-edit: "true" } }]
---
${labelled('certificates', 'aggregate-to-edit', certificates)}`,
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: clusterRole('system:node', [{ ...secrets, verbs: 'get' }]) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
