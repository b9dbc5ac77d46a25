import type { Severity } from '../../src/model/index.js'
import { bindingOf, clusterRole } from '../../src/checks/rbac/example-objects.js'
import type { CheckRow } from './check-tests.js'

/**
 * What a check of grants to one very wide subject must say, whichever subject that is.
 *
 * @param worst what a role that changes objects is worth there
 */
export function wideGrantRows(
  subject: { readonly kind: 'User' | 'Group'; readonly name: string },
  worst: Severity,
): readonly CheckRow[] {
  return [
    {
      name: 'cluster-admin',
      kind: 'failing',
      given: { manifests: bindingOf('all', 'cluster-admin', subject) },
      expect: [
        {
          result: 'fail',
          severity: worst,
          path: `subjects[name=${subject.name}]`,
          line: 10,
          fix: 'patch',
        },
      ],
    },
    {
      name: 'a role that writes, beside a subject that is fine',
      kind: 'failing',
      given: {
        manifests: `${clusterRole('deployer', [{ verbs: ['create'], apiGroups: ['apps'], resources: ['deployments'] }])}---
${bindingOf('deployers', 'deployer', { kind: 'Group', name: 'ops' }, subject)}`,
      },
      expect: [
        { result: 'fail', severity: worst, message: /may change objects through ClusterRole deployer/ },
      ],
    },
    {
      name: 'a role that only reads',
      kind: 'failing',
      given: { manifests: bindingOf('readers', 'view', subject) },
      expect: [{ result: 'fail', severity: 'high', fix: 'patch' }],
    },
    {
      name: 'discovery',
      kind: 'odd',
      given: { manifests: bindingOf('more-info', 'system:discovery', subject) },
      expect: [{ result: 'fail', severity: 'info' }],
    },
    {
      name: 'the name with the other kind of subject stands for nobody',
      kind: 'odd',
      given: {
        manifests: bindingOf('typo', 'view', {
          kind: subject.kind === 'User' ? 'Group' : 'User',
          name: subject.name,
        }),
      },
      expect: [],
    },
    {
      name: 'a role that is known to be absent gives nothing',
      kind: 'passing',
      given: {
        manifests: `${clusterRole('other', [])}---\n${bindingOf('gone', 'gone', subject)}`,
        complete: true,
      },
      expect: [],
    },
    {
      name: 'the defaults of Kubernetes and kubeadm',
      kind: 'passing',
      given: {
        manifests: [
          bindingOf(
            'system:public-info-viewer',
            'system:public-info-viewer',
            { kind: 'Group', name: 'system:authenticated' },
            { kind: 'Group', name: 'system:unauthenticated' },
          ),
          bindingOf('system:basic-user', 'system:basic-user', {
            kind: 'Group',
            name: 'system:authenticated',
          }),
          bindingOf('system:service-account-issuer-discovery', 'system:service-account-issuer-discovery', {
            kind: 'Group',
            name: 'system:serviceaccounts',
          }),
          `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: kubeadm:bootstrap-signer-clusterinfo
  namespace: kube-public
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: kubeadm:bootstrap-signer-clusterinfo
subjects:
  - kind: User
    name: system:anonymous
`,
        ].join('---\n'),
      },
      expect: [],
    },
    {
      name: 'the role was not read',
      kind: 'unknown',
      given: { manifests: bindingOf('elsewhere', 'made-by-a-chart', subject) },
      expect: [{ result: 'unknown', reason: 'no-source', message: /was not read/ }],
    },
    {
      name: 'wrong types',
      kind: 'unknown',
      given: {
        manifests: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: odd }
roleRef: [cluster-admin]
subjects: { name: ${subject.name} }
`,
      },
      expect: [{ result: 'unknown', reason: 'unparsable' }],
    },
  ]
}
