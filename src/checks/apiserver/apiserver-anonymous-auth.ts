import { asObject, type KubeObject } from '../../model/index.js'
import {
  CLUSTER_INFO_PATH,
  PROBE_PATHS,
  readBinding,
  resolveRole,
  strengthOf,
  clusterMinor,
  defaultRbacOf,
} from '../../kube/index.js'
import { defineCheck, type ComponentSubject } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { cis, kubernetesDocs, nsa } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { limitAnonymous } from './limit-anonymous.js'

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
    const joining = nodesJoinByToken(apiserver)
    const more = paths.value.filter(
      (path) => !PROBE_PATHS.includes(path) && !(joining && path === CLUSTER_INFO_PATH),
    )
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
        fix: limitAnonymous(apiserver, joining),
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

/**
 * Whether a bootstrap token is seen with which nodes may join: the controller that signs cluster-info leaves one
 * signature there for each valid token.
 * Source: kubernetes v1.36.3 pkg/controller/bootstrap/bootstrapsigner.go, signConfigMap.
 */
function nodesJoinByToken({ index }: ComponentSubject): boolean {
  return index
    .ofKind('', 'ConfigMap')
    .filter(({ ref }) => ref.namespace === 'kube-public' && ref.name === 'cluster-info')
    .some(({ content }) =>
      Object.keys(asObject(content.data)).some((key) => key.startsWith('jws-kubeconfig-')),
    )
}

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
