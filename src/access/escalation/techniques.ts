import { need, type Need, type Technique } from './technique.js'

const RBAC = 'rbac.authorization.k8s.io'
const CERTS = 'certificates.k8s.io'
const AUTHN = 'authentication.k8s.io'
const ADMISSION = 'admissionregistration.k8s.io'
const READ = ['get', 'list', 'watch']
const CHANGE = ['update', 'patch']
const WRITE = ['create', ...CHANGE]

/** Kinds whose controller makes pods from a template. Source: kubernetes apps/v1, batch/v1 and core/v1. */
const WORKLOADS: readonly (readonly Need[])[] = [
  [need('', 'pods', 'create')],
  [need('apps', ['deployments', 'daemonsets', 'statefulsets', 'replicasets'], WRITE)],
  [need('batch', ['jobs', 'cronjobs'], WRITE)],
  [need('', 'replicationcontrollers', WRITE)],
]

/** Signers whose certificates the API server takes for users. Source: kubernetes pkg/certificates, and the signer docs. */
const CLIENT_SIGNERS = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*']

/**
 * Every technique that Rampart looks for, gravest first. Conditions are those that the API server checks; sources are
 * named where they are not the RBAC good practices of the Kubernetes documentation.
 */
export const TECHNIQUES: readonly Technique[] = [
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
      [need('', 'users', 'impersonate')],
      [need('', 'groups', 'impersonate'), need('', 'users', 'impersonate', { names: 'any' })],
    ],
    severity: { cluster: 'high' },
  },
  {
    id: 'escalation-impersonate-constrained',
    may: 'act as any user for some verbs',
    sink: 'any identity',
    // Source: kubernetes v1.36.2 apiserver pkg/endpoints/filters/impersonation/mode.go: both halves are asked for.
    ways: [
      [
        need(AUTHN, 'users', 'impersonate:user-info'),
        need('*', '*', 'impersonate-on:user-info:', { verbPrefix: true, names: 'any' }),
      ],
    ],
    severity: { cluster: 'high' },
    since: 36,
  },
  {
    id: 'escalation-impersonate-account',
    may: 'act as any service account',
    sink: 'service accounts',
    ways: [
      [need('', 'serviceaccounts', 'impersonate')],
      [
        need(AUTHN, 'serviceaccounts', 'impersonate:serviceaccount'),
        need('*', '*', 'impersonate-on:serviceaccount:', { verbPrefix: true, names: 'any' }),
      ],
    ],
    severity: { cluster: 'high', namespace: 'medium' },
  },
  {
    id: 'escalation-escalate',
    may: 'put rights into a role that its own rights do not hold',
    sink: 'cluster-admin',
    // Source: kubernetes v1.36.2 pkg/registry/rbac/escalation_check.go. A new role has no name yet.
    ways: [
      [
        need(RBAC, 'clusterroles', 'escalate', { names: 'any' }),
        need(RBAC, 'clusterroles', CHANGE, { names: 'any' }),
      ],
      [need(RBAC, 'clusterroles', 'escalate'), need(RBAC, 'clusterroles', 'create')],
      [need(RBAC, 'roles', 'escalate', { names: 'any' }), need(RBAC, 'roles', CHANGE, { names: 'any' })],
      [need(RBAC, 'roles', 'escalate'), need(RBAC, 'roles', 'create')],
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
        need(RBAC, ['clusterrolebindings', 'rolebindings'], WRITE, { names: 'any' }),
      ],
    ],
    severity: { cluster: 'high', namespace: 'high' },
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
    id: 'escalation-node-proxy',
    may: 'run commands in every pod of a node through the kubelet',
    sink: 'node root',
    // GET is enough: the kubelet takes a websocket for exec, past audit and admission.
    ways: [[need('', 'nodes/proxy', ['create', 'get'], { names: 'any' })]],
    severity: { cluster: 'high' },
  },
  {
    id: 'escalation-token',
    may: 'issue tokens of any service account',
    sink: 'service accounts',
    ways: [[need('', 'serviceaccounts/token', 'create')]],
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
    id: 'escalation-token-secret',
    may: 'have a token of any service account written into a Secret, and read it',
    sink: 'service accounts',
    ways: [[need('', 'secrets', 'create'), need('', 'secrets', READ)]],
    severity: { cluster: 'high', namespace: 'medium' },
  },
  {
    id: 'escalation-run-as-account',
    may: 'start pods that run as any service account and mount any Secret',
    sink: 'service accounts',
    ways: WORKLOADS,
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-privileged-pod',
    may: 'start privileged pods, which are root on their node',
    sink: 'node root',
    ways: WORKLOADS,
    severity: { cluster: 'high', namespace: 'medium' },
    stoppedBy: 'pod-security',
  },
  {
    id: 'escalation-exec',
    may: 'run commands in any pod, as its service account',
    sink: 'service accounts',
    ways: [[need('', ['pods/exec', 'pods/attach'], 'create')]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-exec-get',
    may: 'run commands in any pod although it may only read (GET over a websocket)',
    sink: 'service accounts',
    // Source: kubernetes v1.35 pkg/core/pod/rest/subresources.go, AuthorizePodWebsocketUpgradeCreatePermission.
    ways: [[need('', ['pods/exec', 'pods/attach'], 'get')]],
    severity: { cluster: 'medium', namespace: 'low' },
    before: 35,
  },
  {
    id: 'escalation-ephemeral-container',
    may: 'put a container of its own into any running pod',
    sink: 'service accounts',
    ways: [[need('', 'pods/ephemeralcontainers', CHANGE)]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-change-pod',
    may: 'change the image of any running pod',
    sink: 'service accounts',
    ways: [[need('', 'pods', CHANGE)]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-mutating-admission',
    may: 'change every object on its way into the cluster',
    sink: 'cluster-admin',
    ways: [
      [need(ADMISSION, 'mutatingwebhookconfigurations', WRITE)],
      [
        need(ADMISSION, 'mutatingadmissionpolicies', WRITE),
        need(ADMISSION, 'mutatingadmissionpolicybindings', WRITE),
      ],
    ],
    severity: { cluster: 'high' },
  },
  {
    id: 'escalation-remove-guard',
    may: 'switch admission checks off, or read what passes through them',
    sink: 'guards',
    ways: [
      [
        need(
          ADMISSION,
          [
            'validatingwebhookconfigurations',
            'validatingadmissionpolicies',
            'validatingadmissionpolicybindings',
          ],
          ['delete', 'deletecollection', ...WRITE],
        ),
      ],
    ],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-namespace-labels',
    may: 'take Pod Security enforcement off a namespace',
    sink: 'guards',
    ways: [[need('', 'namespaces', CHANGE)]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-host-path-volume',
    may: 'make volumes of any folder of a node',
    sink: 'node root',
    ways: [[need('', 'persistentvolumes', 'create')]],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-steal-pods',
    may: 'move pods to a node of its choice',
    sink: 'service accounts',
    ways: [
      [need('', ['nodes', 'nodes/status'], CHANGE)],
      [need('', 'nodes', 'delete'), need('', 'pods', 'delete')],
      [need('', 'nodes', 'delete'), need('', 'pods/eviction', 'create')],
    ],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-schedule',
    may: 'bind pods to a node of its choice',
    sink: 'service accounts',
    ways: [[need('', ['pods/binding', 'bindings'], 'create')]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-aggregation',
    may: 'widen admin, edit and view with a labelled ClusterRole, within its own rights',
    sink: 'service accounts',
    ways: [[need(RBAC, 'clusterroles', WRITE)]],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-share-rights',
    may: 'give its own rights to others',
    sink: 'any identity',
    ways: [[need(RBAC, ['clusterrolebindings', 'rolebindings'], WRITE)]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-api-service',
    may: 'have the API server send requests, with who makes them, to a server of its choice',
    sink: 'any identity',
    ways: [[need('apiregistration.k8s.io', 'apiservices', WRITE)]],
    severity: { cluster: 'high' },
  },
  {
    id: 'escalation-conversion-webhook',
    may: 'change every custom resource through a conversion webhook',
    sink: 'traffic',
    ways: [[need('apiextensions.k8s.io', 'customresourcedefinitions', CHANGE)]],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-aws-auth',
    may: 'map AWS identities to any user of the cluster',
    sink: 'any identity',
    ways: [[need('', 'configmaps', CHANGE, { names: ['aws-auth'] })]],
    severity: { cluster: 'medium', namespace: 'medium' },
    only: 'kube-system',
  },
  {
    id: 'escalation-cluster-dns',
    may: 'answer name lookups of the whole cluster through the configuration of CoreDNS',
    sink: 'traffic',
    ways: [[need('', 'configmaps', CHANGE, { names: ['coredns'] })]],
    severity: { cluster: 'medium', namespace: 'medium' },
    only: 'kube-system',
  },
  {
    id: 'escalation-trust-bundle',
    may: 'change which certificates workloads trust',
    sink: 'traffic',
    ways: [[need(CERTS, 'clustertrustbundles', WRITE), need(CERTS, 'signers', 'attest', { names: 'any' })]],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-reach-pods',
    may: 'reach ports of pods that network policies close',
    sink: 'traffic',
    ways: [
      [need('', 'pods/portforward', 'create')],
      [need('', ['pods/proxy', 'services/proxy'], ['get', 'create', 'update', 'patch', 'delete'])],
    ],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-service-traffic',
    may: 'draw traffic of others to an address of its choice',
    sink: 'traffic',
    // CVE-2020-8554: external addresses and load balancer addresses.
    ways: [[need('', 'services/status', CHANGE)]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-endpoints',
    may: 'draw the traffic of Services to pods or addresses of its choice',
    sink: 'traffic',
    ways: [
      [need('discovery.k8s.io', 'endpointslices', WRITE)],
      [need('', 'endpoints', WRITE)],
      [need('', 'pods/status', CHANGE)],
    ],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-kubelet-data',
    may: 'read logs and the memory of containers through the kubelet',
    sink: 'information',
    ways: [[need('', 'nodes/log', ['get', 'create'])], [need('', 'nodes/checkpoint', 'create')]],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-read-everything',
    may: 'read every object, Secrets among them',
    sink: 'secrets',
    ways: [[need('*', '*', READ)]],
    severity: { cluster: 'high', namespace: 'medium' },
  },
  {
    id: 'escalation-operators',
    may: 'have an operator with wide rights act for it',
    sink: 'service accounts',
    ways: [
      [need('argoproj.io', ['applications', 'applicationsets', 'workflows', 'cronworkflows'], WRITE)],
      [need('tekton.dev', ['taskruns', 'pipelineruns'], 'create')],
      [need('kubevirt.io', ['virtualmachines', 'virtualmachineinstances'], WRITE)],
      [need('helm.toolkit.fluxcd.io', 'helmreleases', WRITE)],
      [need('kustomize.toolkit.fluxcd.io', 'kustomizations', WRITE)],
      [need('kyverno.io', ['policies', 'clusterpolicies'], WRITE)],
      [need('apiextensions.crossplane.io', 'compositions', WRITE)],
    ],
    severity: { cluster: 'medium', namespace: 'low' },
  },
]
