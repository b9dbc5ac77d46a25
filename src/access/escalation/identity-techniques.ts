import { CHANGE, WRITE, need, writing, type Need, type Technique } from './technique.js'

const RBAC = 'rbac.authorization.k8s.io'
const CERTS = 'certificates.k8s.io'
const AUTHN = 'authentication.k8s.io'
const READ = ['get', 'list', 'watch']

/** Both halves of constrained impersonation: who, and to do what. */
function constrained(resource: string, mode: string, more: Partial<Need> = {}): Need[] {
  return [
    need(AUTHN, resource, `impersonate:${mode}`, { names: 'some', ...more }),
    need('', 'pods', `impersonate-on:${mode}:`, { verbPrefix: true, names: 'any', anything: true }),
  ]
}

/** Signers whose certificates the API server takes for users. Source: kubernetes pkg/certificates, and the signer docs. */
const CLIENT_SIGNERS = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*']

/** Techniques that act as somebody else, or widen what roles give. */
export const IDENTITY_TECHNIQUES: readonly Technique[] = [
  {
    id: 'escalation-everything',
    may: 'do everything',
    sink: 'cluster-admin',
    ways: [[need('*', '*', '*')]],
    severity: { cluster: 'critical', namespace: 'high' },
  },
  {
    id: 'escalation-impersonate',
    may: 'act as any user or group',
    sink: 'any identity',
    // A group alone is of no use: a request that names groups must name a user too.
    ways: [
      [need('', 'users', 'impersonate', { names: 'some' })],
      [
        need('', 'groups', 'impersonate', { names: ['system:masters'] }),
        need('', 'users', 'impersonate', { names: 'any' }),
      ],
      [
        need('', 'groups', 'impersonate', { names: 'some' }),
        need('', 'users', 'impersonate', { names: 'any' }),
      ],
    ],
    severity: { cluster: 'high' },
  },
  {
    id: 'escalation-impersonate-constrained',
    may: 'act as others for some verbs',
    sink: 'any identity',
    // Source: kubernetes v1.36.2 apiserver pkg/endpoints/filters/impersonation/mode.go: both halves are asked for, the
    // right on the identity and the right to do the verb as it.
    ways: [
      constrained('serviceaccounts', 'serviceaccount'),
      constrained('users', 'user-info', { cluster: true }),
      constrained('nodes', 'arbitrary-node', { cluster: true }),
      constrained('nodes', 'associated-node', { cluster: true }),
    ],
    severity: { cluster: 'high', namespace: 'medium' },
    since: 36,
  },
  {
    id: 'escalation-impersonate-account',
    may: 'act as any service account',
    sink: 'service accounts',
    ways: [[need('', 'serviceaccounts', 'impersonate', { names: 'some' })]],
    severity: { cluster: 'high', namespace: 'medium' },
  },
  {
    id: 'escalation-escalate',
    may: 'put rights into a role that its own rights do not hold',
    sink: 'cluster-admin',
    // Source: kubernetes v1.36.2 pkg/registry/rbac/escalation_check.go. A new role has no name yet.
    ways: [
      [
        need(RBAC, 'roles', 'escalate', { names: 'any', sameObject: true }),
        need(RBAC, 'roles', CHANGE, { names: 'any', sameObject: true }),
      ],
      [need(RBAC, 'roles', 'escalate'), need(RBAC, 'roles', 'create')],
      [
        need(RBAC, 'clusterroles', 'escalate', { names: 'any', cluster: true, sameObject: true }),
        need(RBAC, 'clusterroles', CHANGE, { names: 'any', cluster: true, sameObject: true }),
      ],
      [
        need(RBAC, 'clusterroles', 'escalate', { cluster: true }),
        need(RBAC, 'clusterroles', 'create', { cluster: true }),
      ],
    ],
    severity: { cluster: 'high', namespace: 'high' },
  },
  {
    id: 'escalation-bind',
    may: 'bind roles that it does not hold',
    sink: 'cluster-admin',
    ways: [
      [
        need(RBAC, ['clusterroles', 'roles'], 'bind', { names: 'any' }),
        need(RBAC, 'rolebindings', WRITE, { names: 'any' }),
      ],
      [
        need(RBAC, 'clusterroles', 'bind', { names: 'any', cluster: true }),
        need(RBAC, 'clusterrolebindings', WRITE, { names: 'any', cluster: true }),
      ],
    ],
    severity: { cluster: 'high', namespace: 'high' },
  },
  {
    id: 'escalation-aggregation',
    may: 'widen admin, edit and view with a labelled ClusterRole, within its own rights',
    sink: 'service accounts',
    ways: writing(RBAC, 'clusterroles'),
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-share-rights',
    may: 'give its own rights to others',
    sink: 'any identity',
    ways: [...writing(RBAC, 'rolebindings'), ...writing(RBAC, 'clusterrolebindings', { cluster: true })],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-certificate',
    may: 'have certificates of other users signed',
    sink: 'any identity',
    // O=system:masters is refused by the CertificateSubjectRestriction plug-in; every other name is not.
    ways: [
      [
        need(CERTS, 'certificatesigningrequests', 'create'),
        need(CERTS, 'certificatesigningrequests/approval', CHANGE, { names: 'any' }),
        need(CERTS, 'signers', 'approve', { names: CLIENT_SIGNERS }),
      ],
      [
        need(CERTS, 'certificatesigningrequests', 'create'),
        need(CERTS, 'certificatesigningrequests/status', CHANGE, { names: 'any' }),
        need(CERTS, 'signers', 'sign', { names: CLIENT_SIGNERS }),
      ],
    ],
    severity: { cluster: 'high' },
  },
  {
    id: 'escalation-token',
    may: 'issue tokens of any service account',
    sink: 'service accounts',
    ways: [[need('', 'serviceaccounts/token', 'create', { names: 'some' })]],
    severity: { cluster: 'high', namespace: 'medium' },
  },
  {
    id: 'escalation-token-secret',
    may: 'have a token of any service account written into a Secret, and read it',
    sink: 'service accounts',
    ways: [
      [need('', 'secrets', 'create'), need('', 'secrets', READ)],
      // The pod reads it.
      [need('', 'secrets', 'create'), need('', 'pods', 'create')],
      // A patch that creates names the object: rights that are limited to names hold.
      [
        need('', 'secrets', 'create', { names: 'some', sameObject: true }),
        need('', 'secrets', 'patch', { names: 'some', sameObject: true }),
        need('', 'secrets', READ, { names: 'some', sameObject: true }),
      ],
    ],
    severity: { cluster: 'high', namespace: 'medium' },
  },
  {
    id: 'escalation-read-secrets',
    may: 'read every Secret, tokens of service accounts among them',
    sink: 'secrets',
    // A list shows what the objects hold: reading one by one is not needed.
    ways: [[need('', 'secrets', READ)]],
    severity: { cluster: 'high', namespace: 'medium' },
  },
  {
    id: 'escalation-read-everything',
    may: 'read every object, Secrets among them',
    sink: 'secrets',
    ways: [[need('*', '*', READ)]],
    severity: { cluster: 'high', namespace: 'medium' },
  },
  {
    id: 'escalation-aws-auth',
    may: 'map AWS identities to any user of the cluster',
    sink: 'any identity',
    ways: [[need('', 'configmaps', CHANGE, { names: ['aws-auth'] })]],
    severity: { cluster: 'medium', namespace: 'medium' },
    only: 'kube-system',
  },
]
