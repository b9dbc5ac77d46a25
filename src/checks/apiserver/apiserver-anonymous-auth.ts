import type { KubeObject } from '../../model/index.js'
import { readBinding, resolveRole, strengthOf, clusterMinor, defaultRbacOf } from '../../kube/index.js'
import { defineCheck, type ComponentSubject } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverAnonymousAuth = defineCheck({
  id: 'apiserver-anonymous-auth',
  title: 'The API server answers requests that carry no credential',
  severity: 'medium',
  because:
    'by default they get health, version and, with kubeadm, the address of the cluster; high where a binding gives them more',
  reach: 'unauthenticated',
  appliesTo: 'apiserver',
  why: 'Whoever reaches the API server is served as system:anonymous. One binding too many, or one fault of an authorizer, is then open to the network. Since 1.31 anonymous requests can be limited to the paths that probes ask.',
  references: [
    cis('1.2.1'),
    nsa('authentication'),
    kubernetesDocs('reference/access-authn-authz/authentication/#anonymous-requests'),
  ],
  evaluate(apiserver, report) {
    const on = apiserver.boolean('anonymous-auth')
    if (!on.known) return report.unknown(on)
    if (!on.value) return
    const paths = apiserver.strings('anonymous-paths')
    if (!paths.known) return report.unknown(paths)
    const more = paths.value.filter((path) => !PROBES.has(path))
    if (paths.value.length > 0 && more.length === 0) return
    const open = paths.value.length === 0
    const grant = open ? grantToAnonymous(apiserver) : undefined
    report.fail(
      [
        flagEvidence(apiserver, 'anonymous-auth', on.origin),
        ...(grant === undefined
          ? []
          : [
              {
                origin: { kind: 'object' as const, object: grant, path: ['subjects'] },
                key: 'anonymous-auth',
                message: `${grant.ref.kind} ${grant.ref.name} gives them rights`,
              },
            ]),
      ],
      {
        message: open
          ? grant === undefined
            ? 'requests without a credential are served as system:anonymous'
            : `requests without a credential are served, and ${grant.ref.kind} ${grant.ref.name} gives them more than discovery and health`
          : `requests without a credential are served at ${more.join(', ')}`,
        ...(grant === undefined
          ? {}
          : {
              severity: 'high' as const,
              because: 'a binding gives callers without a credential more than discovery and health',
            }),
        fix: advice(
          'Write an AuthenticationConfiguration (apiserver.config.k8s.io/v1; v1beta1 before 1.34) with `anonymous: {enabled: true, conditions: [{path: /livez}, {path: /readyz}, {path: /healthz}]}` to a file that is mounted into the pod, give it with `--authentication-config`, and take `--anonymous-auth` out. Needs Kubernetes 1.32, or 1.31 with the gate AnonymousAuthConfigurableEndpoints. Do not set `--anonymous-auth=false` where probes carry no credential: the kubelet would kill the API server in a loop.',
          {
            breaks:
              'kubeadm join with a token, which reads the cluster-info ConfigMap without a credential, and whoever asks /version or /metrics without one',
          },
        ),
      },
    )
  },
  examples: {
    bad: apiserverWith(['--authorization-mode=Node,RBAC']),
    good: apiserverWith(
      ['--authorization-mode=Node,RBAC', '--authentication-config=/etc/kubernetes/authn.yaml'],
      {
        files: {
          '/etc/kubernetes/authn.yaml': `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions: [{path: /livez}, {path: /readyz}, {path: /healthz}]
`,
        },
      },
    ),
  },
})

/** What the kubelet and load balancers ask. Conditions are whole paths. */
const PROBES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/healthz'])

/** A binding that gives callers without a credential more than the default ones do, and more than discovery. */
function grantToAnonymous({ index }: ComponentSubject): KubeObject | undefined {
  const minor = clusterMinor(index)
  return ['ClusterRoleBinding', 'RoleBinding']
    .flatMap((kind) => index.ofKind('rbac.authorization.k8s.io', kind))
    .find((binding) => {
      const { roleRef, subjects } = readBinding(binding)
      const added = defaultRbacOf(binding, minor)?.addedSubjects ?? subjects
      const concerned = added.some(
        ({ kind, name }) =>
          (kind === 'Group' && name === 'system:unauthenticated') ||
          (kind === 'User' && name === 'system:anonymous'),
      )
      if (!concerned || roleRef === undefined) return false
      const role = resolveRole(roleRef, binding.ref.namespace, index)
      if (role.state === 'absent' || role.state === 'not-read') return false
      const strength = strengthOf(role.rules, binding.ref.namespace)
      return strength !== 'discovery' && strength !== 'nothing'
    })
}
