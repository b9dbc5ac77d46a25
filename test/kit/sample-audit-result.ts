import type { AuditResult, Counts, Evidence, Finding, ObjectRef, ProbeReport } from '../../src/model/index.js'

/** An object reference with empty group, version v1 and no namespace unless given. */
export function refOf(kind: string, name: string, more: Partial<ObjectRef> = {}): ObjectRef {
  return { group: '', version: 'v1', kind, namespace: '', name, ...more }
}

/** A finding of the sample's kubelet check; every field can be replaced. */
export function sampleFinding(more: Partial<Finding> = {}): Finding {
  return {
    check: 'kubelet-anonymous-auth',
    result: 'fail',
    title: 'The kubelet lets callers in who show no credential',
    severity: 'critical',
    because: 'Anyone who reaches port 10250 can run commands in every pod of the node.',
    reach: 'unauthenticated',
    target: { kind: 'component', component: 'kubelet', host: 'worker-2' },
    message: 'The kubelet on `worker-2` accepts requests without a credential.',
    why: 'The kubelet can start processes in any container of its node. With anonymous access on and no authorizer behind it, the network is the only barrier.',
    evidence: [kubeletEvidence],
    fix: {
      text: 'Set `authentication.anonymous.enabled` to false and restart the kubelet.',
      edits: [
        {
          host: 'worker-2',
          file: '/var/lib/kubelet/config.yaml',
          op: 'set',
          path: ['authentication', 'anonymous', 'enabled'],
          value: false,
        },
      ],
      commands: [],
      risk: 'restart',
      needs: [{ text: 'Nothing scrapes port 10250 without a credential', met: 'unknown' }],
      breaks: 'Monitoring that reads kubelet metrics without a credential.',
      restart: 'kubelet on worker-2',
      verify: 'curl -sk https://worker-2:10250/pods -o /dev/null -w "%{http_code}"',
    },
    references: [
      'CIS Kubernetes Benchmark v1.12, 4.2.1',
      'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/',
    ],
    fingerprint: '5f1d2c0e9a7b4c31',
    ...more,
  }
}

const kubeletEvidence: Evidence = {
  key: 'authentication.anonymous.enabled',
  message: '`authentication.anonymous.enabled` is true',
  file: '/var/lib/kubelet/config.yaml',
  host: 'worker-2',
  line: 5,
  column: 14,
  path: 'authentication.anonymous.enabled',
  snippet: {
    startLine: 3,
    lines: ['authentication:', '  anonymous:', '    enabled: true', '  webhook:', '    enabled: true'],
    focusLine: 5,
  },
}

const agent = refOf('DaemonSet', 'log-agent', { group: 'apps', namespace: 'observability' })
const binding = refOf('ClusterRoleBinding', 'ci-everything', { group: 'rbac.authorization.k8s.io' })

const findings: Finding[] = [
  sampleFinding(),
  sampleFinding({
    check: 'docker-tcp-without-tls',
    title: 'The Docker daemon listens on TCP without TLS',
    because: 'Whoever reaches the port is root on the host.',
    target: { kind: 'component', component: 'dockerd', host: 'build-1' },
    message: 'dockerd on `build-1` listens on `tcp://0.0.0.0:2375` without TLS.',
    why: 'The Docker API starts containers with any mount, so access to it is root on the host.',
    evidence: [
      {
        key: 'hosts',
        message: '`hosts` names a TCP address and `tlsverify` is not set',
        file: '/etc/docker/daemon.json',
        host: 'build-1',
        line: 3,
        column: 3,
        path: 'hosts',
        snippet: {
          startLine: 1,
          lines: [
            '{',
            '  "log-driver": "local",',
            '  "hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"],',
            '  "icc": true',
            '}',
          ],
          focusLine: 3,
        },
      },
      {
        key: 'process',
        message: 'the running process says the same',
        host: 'build-1',
        process: { pid: 812, component: 'dockerd', argIndex: 1 },
      },
    ],
    fix: {
      text: 'Remove the TCP address from `hosts`, or give the daemon certificates and set `tlsverify`.\nClients can use `ssh://` instead.',
      edits: [{ host: 'build-1', file: '/etc/docker/daemon.json', op: 'remove', path: ['hosts', 1] }],
      commands: [],
      risk: 'lockout',
      needs: [{ text: 'No client reaches the daemon over TCP', met: false }],
      restart: 'docker on build-1',
    },
    references: ['CIS Docker Benchmark, 2.7', 'https://docs.docker.com/engine/security/protect-access/'],
    fingerprint: 'a0b9c8d7e6f50411',
  }),
  sampleFinding({
    check: 'rbac-cluster-admin-to-service-account',
    title: 'A service account is cluster-admin',
    severity: 'high',
    because: 'A pod that mounts this account owns the cluster.',
    reach: 'pod',
    target: { kind: 'object', object: binding },
    message: '`ci-everything` gives cluster-admin to the service account `ci/runner`.',
    why: 'Build jobs run code that others wrote.',
    evidence: [
      {
        key: 'roleRef',
        message: '`roleRef.name` is cluster-admin',
        file: 'platform/rbac/ci.yaml',
        line: 41,
        column: 3,
        object: binding,
        path: 'roleRef.name',
        snippet: {
          startLine: 40,
          lines: ['  kind: ClusterRole', '  name: cluster-admin', 'subjects:'],
          focusLine: 41,
        },
      },
    ],
    fix: {
      text: 'Bind a Role with the verbs that the jobs use, in their namespace.',
      edits: [],
      commands: ['kubectl auth can-i --list --as system:serviceaccount:ci:runner'],
      risk: 'none',
      needs: [],
    },
    references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
    fingerprint: '77aa11bb22cc33dd',
  }),
  sampleFinding({
    check: 'pod-host-namespaces',
    title: 'A pod shares the namespaces of its host',
    severity: 'high',
    because: 'The process namespace of the node is visible from the pod.',
    reach: 'pod',
    target: { kind: 'object', object: agent },
    message: '`log-agent` sets `hostPID: true`.',
    why: 'A process in this pod sees, and as root signals, every process of the node.',
    evidence: [
      {
        key: 'spec.template.spec.hostPID',
        message: '`hostPID` is true',
        file: 'platform/observability/log-agent.yaml',
        line: 19,
        column: 7,
        object: agent,
        path: 'spec.template.spec.hostPID',
        snippet: {
          startLine: 18,
          lines: ['    spec:', '      hostPID: true', '      containers:'],
          focusLine: 19,
        },
      },
    ],
    fix: {
      text: 'Remove `hostPID`, or move the agent to a namespace of its own.',
      edits: [
        {
          file: 'platform/observability/log-agent.yaml',
          object: agent,
          op: 'remove',
          path: ['spec', 'template', 'spec', 'hostPID'],
        },
      ],
      commands: [],
      risk: 'restart',
      needs: [{ text: 'The agent does not read `/proc` of other pods', met: 'unknown' }],
    },
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/ (hostNamespaces)'],
    fingerprint: '0123456789abcdef',
  }),
  ...['api', 'worker', 'mailer', 'search', 'ledger'].map((name, index) =>
    sampleFinding({
      check: 'pod-run-as-root',
      title: 'A container may run as root',
      severity: 'medium',
      because: 'One barrier fewer between the process and its node.',
      reach: 'pod',
      target: {
        kind: 'object',
        object: refOf('Deployment', name, { group: 'apps', namespace: index < 3 ? 'shop' : 'billing' }),
      },
      message: `Container \`${name}\` does not say \`runAsNonRoot: true\`.`,
      why: 'An escape from the container is then an escape as root.',
      evidence: [
        {
          key: `spec.template.spec.containers[name=${name}]`,
          message: '`securityContext` is absent',
          file: `apps/${name}/deployment.yaml`,
          line: 22 + index,
          column: 11,
          object: refOf('Deployment', name, { group: 'apps', namespace: index < 3 ? 'shop' : 'billing' }),
          path: 'spec.template.spec.containers[0].securityContext',
          snippet: {
            startLine: 21 + index,
            lines: [
              '      containers:',
              `        - name: ${name}`,
              `          image: registry.example.com/${name}:2.${index}`,
            ],
            focusLine: 22 + index,
          },
        },
      ],
      fix: {
        text: 'Set `securityContext.runAsNonRoot: true` and a user that the image can run as.',
        edits: [
          {
            file: `apps/${name}/deployment.yaml`,
            op: 'set',
            path: ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'runAsNonRoot'],
            value: true,
          },
        ],
        commands: [],
        risk: 'traffic',
        needs: [],
      },
      fingerprint: `root${index}000000000000`,
    }),
  ),
  sampleFinding({
    check: 'service-account-token-secret',
    title: 'A long-lived token of a service account lies in a Secret',
    severity: 'medium',
    because: 'It never ends and cannot be bound to a pod.',
    reach: 'user',
    target: { kind: 'object', object: refOf('Secret', 'deployer-token', { namespace: 'ci' }) },
    message: 'Secret `ci/deployer-token` holds a token of `deployer`.',
    why: 'Whoever could read it once can use it for ever.',
    evidence: [
      {
        key: 'type',
        message: '`type` is kubernetes.io/service-account-token',
        object: refOf('Secret', 'deployer-token', { namespace: 'ci' }),
        path: 'type',
      },
    ],
    fix: {
      text: 'Delete the Secret once nothing uses its token; ask for bound tokens instead.',
      edits: [],
      commands: ['kubectl -n ci create token deployer --duration=1h'],
      risk: 'none',
      needs: [],
    },
    references: [],
    fingerprint: 'feed00112233beef',
  }),
  sampleFinding({
    check: 'namespace-without-pod-security',
    title: 'A namespace enforces no Pod Security level',
    severity: 'low',
    because: 'It only matters where pods of others are admitted.',
    reach: 'user',
    target: { kind: 'object', object: refOf('Namespace', 'shop') },
    message: 'Namespace `shop` has no `pod-security.kubernetes.io/enforce` label.',
    why: 'Without it the cluster default holds, which refuses nothing.',
    evidence: [
      {
        key: 'metadata.labels',
        message: 'no enforce label',
        file: 'platform/namespaces.yaml',
        line: 4,
        column: 3,
        object: refOf('Namespace', 'shop'),
        path: 'metadata.labels',
        snippet: { startLine: 2, lines: ['kind: Namespace', 'metadata:', '  name: shop'], focusLine: 4 },
      },
    ],
    fix: {
      text: 'Label the namespace with the level that its pods meet.',
      edits: [],
      commands: ['kubectl label namespace shop pod-security.kubernetes.io/enforce=baseline'],
      risk: 'none',
      needs: [],
    },
    fingerprint: 'bead445566778899',
  }),
  sampleFinding({
    check: 'docker-live-restore',
    title: 'Containers stop when the Docker daemon restarts',
    severity: 'info',
    because: 'A matter of availability.',
    reach: 'host',
    target: { kind: 'host', host: 'build-1' },
    message: '`live-restore` is not set.',
    why: 'Updates of the daemon are put off when they cost an outage.',
    evidence: [],
    fix: {
      text: 'Set `live-restore` to true in daemon.json.',
      edits: [],
      commands: [],
      risk: 'none',
      needs: [],
    },
    fingerprint: '9988776655443322',
  }),
]

/** Open questions and answers that do not apply have nothing to mend. */
function unanswered(more: Partial<Finding>): Finding {
  return sampleFinding({ evidence: [], fix: undefined, ...more })
}

const unknowns: Finding[] = [
  unanswered({
    check: 'kubelet-read-only-port',
    result: 'unknown',
    reason: 'unreadable',
    title: 'The kubelet serves its read-only port',
    severity: 'high',
    target: { kind: 'component', component: 'kubelet', host: 'worker-3' },
    message: '`/var/lib/kubelet/config.yaml` on `worker-3` could not be read: permission denied.',
    evidence: [
      { key: 'file', message: 'permission denied', file: '/var/lib/kubelet/config.yaml', host: 'worker-3' },
    ],
    fingerprint: '1000000000000001',
  }),
  unanswered({
    check: 'apiserver-anonymous-auth',
    result: 'unknown',
    reason: 'no-source',
    title: 'The API server lets everyone in',
    severity: 'critical',
    target: { kind: 'component', component: 'kube-apiserver', host: '' },
    message: 'No mirror pod and no manifest of kube-apiserver was read.',
    fingerprint: '1000000000000002',
  }),
  unanswered({
    check: 'kubelet-rotate-certificates',
    title: 'The client certificate of the kubelet is not renewed',
    result: 'unknown',
    reason: 'no-source',
    severity: 'low',
    target: { kind: 'component', component: 'kubelet', host: 'worker-3' },
    message: 'Neither processes nor unit files of `worker-3` were read.',
    fingerprint: '1000000000000003',
  }),
]

const notApplicable: Finding[] = [
  ['etcd-client-cert-auth', 'etcd answers clients that show no certificate'],
  ['scheduler-profiling', 'The scheduler serves profiles'],
].map(([check = '', title = ''], index) =>
  unanswered({
    check,
    title,
    result: 'notApplicable',
    severity: 'high',
    target: { kind: 'estate' },
    message: 'The control plane of `prod-eu-1` is run by its provider (EKS).',
    fingerprint: `200000000000000${index}`,
  }),
)

const acceptance = {
  reason: 'the agent reads `/var/log` of the node',
  until: '2027-01-31',
  owner: 'infra',
  place: { file: '.rampart.yaml', line: 4, column: 5 },
  audited: false,
}
const ownAcceptance = {
  reason: 'moved next quarter',
  until: '2027-03-31',
  place: { file: 'apps/api/deployment.yaml', line: 7, column: 7 },
  object: refOf('Deployment', 'api', { group: 'apps', namespace: 'shop' }),
  audited: true,
}

const accepted: Finding[] = [
  sampleFinding({
    check: 'pod-host-path',
    result: 'accepted',
    severity: 'medium',
    ownSeverity: 'high',
    target: { kind: 'object', object: agent },
    message: '`log-agent` mounts `/var/log`.',
    evidence: [
      {
        key: 'spec.template.spec.volumes[name=log]',
        message: 'hostPath `/var/log`',
        file: 'platform/observability/log-agent.yaml',
        line: 30,
        column: 9,
        object: agent,
        path: 'spec.template.spec.volumes[0]',
        fingerprint: '3000000000000001',
      },
    ],
    accepted: acceptance,
    fingerprint: '3000000000000001',
  }),
  sampleFinding({
    check: 'pod-run-as-root',
    result: 'accepted',
    severity: 'medium',
    target: { kind: 'object', object: ownAcceptance.object },
    evidence: [],
    accepted: ownAcceptance,
    fingerprint: '3000000000000002',
  }),
]

/** A believable audit of a cluster and a build host: all severities, open questions, problems of reading. */
export const sampleAuditResult: AuditResult = auditResultOf({
  findings,
  unknowns,
  notApplicable,
  sources: [
    { kind: 'export', name: 'exports/prod-eu-1.json', objects: 412, files: 1, complete: true },
    { kind: 'manifests', name: 'apps', objects: 57, files: 31, complete: false },
    { kind: 'host', name: 'worker-2', objects: 0, files: 38, complete: false },
    { kind: 'host', name: 'build-1', objects: 0, files: 12, complete: false },
  ],
  problems: [
    {
      code: 'syntax',
      level: 'error',
      message: 'a mapping ends inside `{{ .Values.image }}`',
      place: { file: 'apps/search/values.yaml', line: 12, column: 9 },
    },
    {
      code: 'duplicate-key',
      level: 'warning',
      message: 'the key `image` stands twice; the last one counts',
      place: { file: 'apps/api/deployment.yaml', line: 30 },
    },
  ],
})

/** The same with exceptions, a configuration and a baseline in force. */
export const policedAuditResult: AuditResult = auditResultOf({
  findings,
  unknowns,
  notApplicable,
  sources: sampleAuditResult.sources,
  problems: sampleAuditResult.problems,
  accepted,
  policy: {
    files: [
      { file: '.rampart.yaml', audited: false },
      { file: 'apps/.rampart.yaml', audited: true },
    ],
    exceptions: [
      {
        ...acceptance,
        check: 'pod-host-path',
        covers: 'namespace observability',
        matched: 1,
        state: 'used',
      },
      {
        ...ownAcceptance,
        check: 'pod-run-as-root',
        covers: 'Deployment.apps shop/api',
        matched: 1,
        state: 'used',
      },
      { ...acceptance, check: 'pod-sysctls', covers: 'everything', matched: 0, state: 'unused' },
      { ...acceptance, check: 'kubelet-*', covers: 'host old-*', matched: 0, state: 'expired' },
    ],
    severities: [
      {
        check: 'pod-host-path',
        own: 'high',
        severity: 'medium',
        place: { file: '.rampart.yaml', line: 12 },
        audited: false,
      },
    ],
    leftOut: ['pod-apparmor'],
    namespaces: ['not kube-system'],
    said: ['Untrusted namespaces, `agents-*`: `agents-1`'],
    userChecks: [
      { check: 'team-owner', place: { file: 'checks/team.yaml', line: 1, column: 1 }, audited: false },
    ],
  },
  baseline: {
    file: 'rampart-baseline.json',
    known: 12,
    gone: [
      {
        check: 'pod-privileged',
        severity: 'high',
        target: 'Deployment.apps shop/web',
        place: 'spec.template.spec.containers[name=app]',
        fingerprint: '4000000000000001',
      },
    ],
    notLookedAt: 2,
  },
})

/** An audit that read something and found nothing. */
export const cleanAuditResult: AuditResult = auditResultOf({
  sources: [{ kind: 'manifests', name: 'hardened.yaml', objects: 3, files: 1, complete: false }],
  coverage: [
    {
      check: 'pod-run-as-root',
      title: 'A container may run as root',
      pass: 3,
      fail: 0,
      unknown: 0,
      notApplicable: 0,
      accepted: 0,
    },
  ],
})

/** An audit result with counts and coverage that fit its findings. */
export function auditResultOf(parts: Partial<AuditResult>): AuditResult {
  const { findings: failed = [], unknowns: open = [], notApplicable: beside = [], accepted = [] } = parts
  return {
    rampart: { version: '0.1.0' },
    sources: [],
    findings: failed,
    unknowns: open,
    notApplicable: beside,
    accepted,
    counts: { ...countsOf(failed, open, beside), accepted: accepted.length },
    problems: [],
    coverage: coverageOf([...failed, ...open, ...beside, ...accepted]),
    ...parts,
  }
}

function countsOf(failed: readonly Finding[], open: readonly Finding[], beside: readonly Finding[]): Counts {
  const count = (severity: string): number => failed.filter((finding) => finding.severity === severity).length
  return {
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    info: count('info'),
    unknown: open.length,
    notApplicable: beside.length,
    accepted: 0,
  }
}

function coverageOf(all: readonly Finding[]): AuditResult['coverage'] {
  const count = (check: string, result: Finding['result']): number =>
    all.filter((finding) => finding.check === check && finding.result === result).length
  return [...new Map(all.map((finding) => [finding.check, finding.title]))].sort().map(([check, title]) => ({
    check,
    title,
    pass: check.length,
    fail: count(check, 'fail'),
    unknown: count(check, 'unknown'),
    notApplicable: count(check, 'notApplicable'),
    accepted: count(check, 'accepted'),
  }))
}

/** An address that was probed, with every field of the model. */
export const sampleProbe: ProbeReport = {
  component: 'kubelet',
  address: '10.0.0.5:10250',
  state: 'limited',
  verdict: 'everyone is let in as system:anonymous; authorization refuses the rest',
  tls: {
    versions: [
      { version: 'TLS 1.0', offered: false, detail: 'alert `protocol version`' },
      { version: 'TLS 1.1', offered: 'unknown', detail: 'no answer within 5000 ms' },
      { version: 'TLS 1.2', offered: true, detail: 'offered' },
    ],
    chain: [
      {
        subject: 'CN=worker-2',
        issuer: 'CN=worker-2-ca',
        names: ['worker-2', '10.0.0.5'],
        notBefore: '2026-01-01T00:00:00.000Z',
        notAfter: '2027-01-01T00:00:00.000Z',
        selfSigned: false,
        fingerprint256: 'AB:CD',
      },
    ],
    clientCertificate: { asked: true, authorities: ['CN=kubernetes'] },
  },
  attempts: [
    {
      ask: 'GET https://10.0.0.5:10250/pods without a credential',
      answer: 'HTTP/1.1 403 Forbidden',
      state: 'limited',
      meaning: 'let in as system:anonymous, refused by authorization',
    },
  ],
}
