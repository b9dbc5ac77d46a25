import type { Reach, Severity } from '../model/index.js'

/** A question that probes answer; it stands in a report as a check does. */
export interface Question {
  readonly id: string
  /** True when the answer is bad. */
  readonly title: string
  readonly severity: Severity
  readonly because: string
  readonly reach: Reach
  readonly why: string
  /** What ends the fault, in words. */
  readonly fix: string
  readonly references: readonly string[]
}

const cis = (control: string): string => `CIS Kubernetes Benchmark v1.12, ${control}`
const cisDocker = (control: string): string => `CIS Docker Benchmark, ${control}`
const KUBELET_DOCS = 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/'
const AUTHENTICATION_DOCS = 'https://kubernetes.io/docs/reference/access-authn-authz/authentication/'
const ETCD_DOCS = 'https://etcd.io/docs/v3.6/op-guide/security/'
const DOCKER_DOCS = 'https://docs.docker.com/engine/security/protect-access/'
const ROOT = 'whoever reaches the port starts a privileged container and is root on the host'

/** Everything that probes ask, by id. */
export const questions = [
  {
    id: 'probe-kubelet-anonymous',
    title: 'The kubelet answers requests that carry no credential',
    severity: 'high',
    because: 'an authorizer still stands behind it; critical where nobody is refused',
    reach: 'unauthenticated',
    why: 'Whoever reaches the port is served as system:anonymous. With AlwaysAllow that means commands in every container of the node.',
    fix: 'Set `authentication.anonymous.enabled: false` and `authorization.mode: Webhook` in the kubelet configuration and restart the kubelet.',
    references: [cis('4.2.1'), cis('4.2.2'), KUBELET_DOCS],
  },
  {
    id: 'probe-kubelet-read-only-port',
    title: 'The kubelet serves its API over plain HTTP to everyone',
    severity: 'high',
    because: 'pods, their environment and labels can be read by everyone who reaches the port',
    reach: 'unauthenticated',
    why: 'The read-only port answers /pods and /metrics without asking who calls.',
    fix: 'Set `readOnlyPort: 0` in the kubelet configuration and restart the kubelet.',
    references: [cis('4.2.4'), 'https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/'],
  },
  {
    id: 'probe-apiserver-anonymous',
    title: 'The API server serves requests without a credential beyond its health',
    severity: 'medium',
    because:
      'only what is bound to system:anonymous and system:unauthenticated stands between the network and the API',
    reach: 'unauthenticated',
    why: 'Every request without a credential becomes system:anonymous, so that one wrong binding, or a fault before authorization, opens the API to the network.',
    fix: 'Give the API server an AuthenticationConfiguration with `anonymous.enabled: true` and conditions for the paths /livez, /readyz and /healthz alone. Do not switch anonymous access off while its own probes carry no credential.',
    references: [cis('1.2.1'), AUTHENTICATION_DOCS],
  },
  {
    id: 'probe-apiserver-open',
    title: 'The API server gives out its API to requests without a credential',
    severity: 'high',
    because:
      'a binding or an authorizer gives everyone more than health and version; critical where objects can be read',
    reach: 'unauthenticated',
    why: 'Kubernetes gives requests without a credential the health paths and the version. Anything else was opened by a binding to system:anonymous or system:unauthenticated, or by an authorizer that allows everything.',
    fix: 'Remove system:anonymous and system:unauthenticated from the bindings that allow these paths (`rampart who-can`, `rampart audit --check rbac-anonymous`), and take AlwaysAllow out of the authorization modes.',
    references: [
      cis('1.2.6'),
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings',
    ],
  },
  {
    id: 'probe-apiserver-cluster-info',
    title: 'The cluster information for joining is readable without a credential',
    severity: 'low',
    because:
      'it holds the address and authority of the cluster, which are no secrets, but names the cluster to everyone',
    reach: 'unauthenticated',
    why: 'kubeadm makes ConfigMap kube-public/cluster-info readable for everyone, so that nodes can join by token. Nothing needs it when no node joins.',
    fix: 'When no node joins by token, delete the RoleBinding kube-public/kubeadm:bootstrap-signer-clusterinfo.',
    references: [
      'https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-join/#turning-off-public-access-to-the-cluster-info-configmap',
    ],
  },
  {
    id: 'probe-apiserver-plain-http',
    title: 'The API server answers over plain HTTP',
    severity: 'critical',
    because:
      'a port without TLS neither keeps credentials secret nor, in the servers that still have one, asks for any',
    reach: 'unauthenticated',
    why: 'The insecure port of old API servers knows no authentication and no authorization. A proxy that serves the API over plain HTTP gives away every credential and often adds one of its own.',
    fix: 'Close the port: no `--insecure-port`, and no proxy in front that takes plain HTTP.',
    references: [cis('1.2.1'), 'https://kubernetes.io/docs/concepts/security/controlling-access/'],
  },
  {
    id: 'probe-etcd-client-certificate',
    title: 'etcd answers clients that show no certificate',
    severity: 'critical',
    because:
      'everyone who reaches the port can read and write every object of the cluster, past all authorization',
    reach: 'unauthenticated',
    why: 'etcd holds the whole cluster, Secrets included. The client certificate is its only door.',
    fix: 'Start etcd with `--client-cert-auth` and `--trusted-ca-file`, and give the API server a certificate of that authority (`--etcd-certfile`, `--etcd-keyfile`).',
    references: [cis('2.2'), ETCD_DOCS],
  },
  {
    id: 'probe-etcd-plain-http',
    title: 'etcd serves clients over plain HTTP',
    severity: 'critical',
    because:
      'everyone who reaches the port can read and write every object of the cluster, past all authorization',
    reach: 'unauthenticated',
    why: 'Without TLS etcd asks nobody for a certificate, and everything can be read on the way.',
    fix: 'Use https:// in `--listen-client-urls` and `--advertise-client-urls`, with `--cert-file`, `--key-file`, `--client-cert-auth` and `--trusted-ca-file`.',
    references: [cis('2.1'), ETCD_DOCS],
  },
  {
    id: 'probe-etcd-metrics',
    title: 'The metrics of etcd are readable without a credential',
    severity: 'medium',
    because: 'numbers, versions and names of members, but no object of the cluster',
    reach: 'unauthenticated',
    why: 'The metrics listener asks for no certificate when it speaks plain HTTP.',
    fix: 'Keep `--listen-metrics-urls` on a loopback address (kubeadm: http://127.0.0.1:2381).',
    references: ['https://etcd.io/docs/v3.6/op-guide/monitoring/'],
  },
  {
    id: 'probe-docker-plain-http',
    title: 'The Docker API is open on a TCP port without TLS',
    severity: 'critical',
    because: ROOT,
    reach: 'unauthenticated',
    why: 'The API of dockerd knows no users. On a plain TCP port it asks nobody who they are, and scanners look for port 2375 all the time; pages in a browser can reach a loopback port, too.',
    fix: 'Remove the tcp:// address without TLS from `hosts` or `-H` and restart Docker; reach the host by `ssh://` contexts, or with mutual TLS on port 2376.',
    references: [DOCKER_DOCS, cisDocker('2.7')],
  },
  {
    id: 'probe-docker-client-certificate',
    title: 'The Docker API answers over TLS without a client certificate',
    severity: 'critical',
    because: ROOT,
    reach: 'unauthenticated',
    why: 'TLS without client certificates hides what is said, and still lets everyone in. `tlsverify: false` in daemon.json does just this.',
    fix: 'Set `"tlsverify": true` with `tlscacert`, `tlscert` and `tlskey` in daemon.json and restart Docker.',
    references: [DOCKER_DOCS, cisDocker('2.7')],
  },
  {
    id: 'probe-docker-foreign-certificate',
    title: 'The Docker API takes client certificates of any authority',
    severity: 'critical',
    because: 'everyone can make such a certificate; ' + ROOT,
    reach: 'unauthenticated',
    why: 'The daemon asks for a certificate, but does not judge who issued it.',
    fix: 'Set `"tlsverify": true` and name your own authority in `tlscacert`, then restart Docker.',
    references: [DOCKER_DOCS, cisDocker('2.7')],
  },
  {
    id: 'probe-docker-certificate-usage',
    title: 'The Docker API takes certificates that are not for clients',
    severity: 'high',
    because: 'whoever holds the certificate of any server of that authority is root on the host',
    reach: 'user',
    why: 'A certificate says what it may be used for. A daemon that takes a server certificate for a client lets every server of the same authority in.',
    fix: 'Use an authority for Docker alone, and a daemon that checks the extended key usage (every dockerd of Docker Engine does).',
    references: [DOCKER_DOCS],
  },
  {
    id: 'probe-docker-own-certificate',
    title: 'The Docker API refuses the client certificate that should open it',
    severity: 'medium',
    because: 'nobody is let in that should not be, but the way in does not work',
    reach: 'user',
    why: 'A door that its own key does not open is soon replaced by one without a lock.',
    fix: 'Compare the issuer of the client certificate with `tlscacert`, its dates, and its extended key usage (clientAuth).',
    references: [DOCKER_DOCS],
  },
  {
    id: 'probe-tls-old-version',
    title: 'Old versions of TLS are offered',
    severity: 'low',
    because: 'old protocol versions have known weaknesses; an attacker has to sit on the path',
    reach: 'unauthenticated',
    why: 'TLS 1.0 and 1.1 were given up in 2021 (RFC 8996).',
    fix: 'Set the lowest version to TLS 1.2 (`tlsMinVersion: VersionTLS12`, `--tls-min-version`).',
    references: ['https://www.rfc-editor.org/rfc/rfc8996'],
  },
  {
    id: 'probe-tls-certificate-dates',
    title: 'The certificate of the server is outside of its dates, or soon will be',
    severity: 'high',
    because:
      'clients that verify are cut off, others have stopped verifying; low while it is valid for less than 30 days',
    reach: 'host',
    why: 'An expired certificate stops every client that checks it, often all at once.',
    fix: 'Renew the certificate (`kubeadm certs renew`, or whoever issued it) and restart the server.',
    references: ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/'],
  },
  {
    id: 'probe-tls-certificate-name',
    title: 'The certificate of the server does not hold the name that it was asked by',
    severity: 'medium',
    because:
      'clients that verify are refused, so clients are told not to verify; then anyone on the path can be the server',
    reach: 'unauthenticated',
    why: 'A client proves by the name that it talks to the right server. Go, and so every part of Kubernetes and Docker, looks at the alternative names only.',
    fix: 'Issue a certificate with every DNS name and IP address in use among its alternative names.',
    references: ['https://www.rfc-editor.org/rfc/rfc6125'],
  },
  {
    id: 'probe-tls-certificate-trust',
    title: 'The certificate of the server comes from no authority that clients could trust',
    severity: 'medium',
    because: 'clients cannot verify it and are made not to; then anyone on the path can be the server',
    reach: 'unauthenticated',
    why: 'A self-signed certificate is made anew by the server itself. A kubelet without `serverTLSBootstrap` or `tlsCertFile` serves one, and API servers without `--kubelet-certificate-authority` do not look.',
    fix: 'Give the server a certificate of an authority (kubelet: `serverTLSBootstrap: true` with an approver, or `tlsCertFile`).',
    references: [
      'https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs',
    ],
  },
] as const satisfies readonly Question[]

export type QuestionId = (typeof questions)[number]['id']
const BY_ID: ReadonlyMap<string, Question> = new Map(questions.map((question) => [question.id, question]))

/** The question with an id. */
export function questionOf(id: QuestionId): Question {
  const question = BY_ID.get(id)
  if (question === undefined) throw new Error(`no question ${id}`)
  return question
}
