import { CHANGE, need, writing, type Need, type Technique } from './technique.js'

/** Kinds whose controller makes pods from a template. Source: kubernetes apps/v1, batch/v1 and core/v1. */
const WORKLOADS: readonly (readonly Need[])[] = [
  [need('', 'pods', 'create')],
  ...writing('apps', ['deployments', 'daemonsets', 'statefulsets', 'replicasets']),
  ...writing('batch', ['jobs', 'cronjobs']),
  ...writing('', 'replicationcontrollers'),
]

/** Techniques that reach pods, nodes and the service accounts on them. */
export const WORKLOAD_TECHNIQUES: readonly Technique[] = [
  {
    id: 'escalation-node-proxy',
    may: 'run commands in every pod of a node through the kubelet',
    sink: 'node root',
    // GET is enough: the kubelet takes a websocket for exec, past audit and admission.
    ways: [[need('', 'nodes/proxy', ['create', 'get'], { names: 'any' })]],
    severity: { cluster: 'high' },
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
    ways: [[need('', ['pods/exec', 'pods/attach'], 'create', { names: 'some' })]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-exec-get',
    may: 'run commands in any pod although it may only read (GET over a websocket)',
    sink: 'service accounts',
    // Source: kubernetes v1.35 pkg/core/pod/rest/subresources.go, AuthorizePodWebsocketUpgradeCreatePermission.
    ways: [[need('', ['pods/exec', 'pods/attach'], 'get', { names: 'some' })]],
    severity: { cluster: 'medium', namespace: 'low' },
    before: 35,
  },
  {
    id: 'escalation-ephemeral-container',
    may: 'put a container of its own into any running pod',
    sink: 'service accounts',
    ways: [[need('', 'pods/ephemeralcontainers', CHANGE, { names: 'some' })]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-change-pod',
    may: 'change the image of any running pod',
    sink: 'service accounts',
    ways: [[need('', 'pods', CHANGE, { names: 'some' })]],
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
      [need('', ['nodes', 'nodes/status'], CHANGE, { names: 'some' })],
      [need('', 'nodes', 'delete', { names: 'some' }), need('', 'pods', 'delete', { names: 'some' })],
      [
        need('', 'nodes', 'delete', { names: 'some' }),
        need('', 'pods/eviction', 'create', { names: 'some' }),
      ],
    ],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-schedule',
    may: 'bind pods to a node of its choice',
    sink: 'service accounts',
    ways: [[need('', ['pods/binding', 'bindings'], 'create', { names: 'some' })]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-operators',
    may: 'have an operator with wide rights act for it',
    sink: 'service accounts',
    ways: [
      ...writing('argoproj.io', ['applications', 'applicationsets', 'workflows', 'cronworkflows']),
      [need('tekton.dev', ['taskruns', 'pipelineruns'], 'create')],
      ...writing('kubevirt.io', ['virtualmachines', 'virtualmachineinstances']),
      ...writing('helm.toolkit.fluxcd.io', 'helmreleases'),
      ...writing('kustomize.toolkit.fluxcd.io', 'kustomizations'),
      ...writing('kyverno.io', 'policies'),
      ...writing('kyverno.io', 'clusterpolicies', { cluster: true }),
      ...writing('apiextensions.crossplane.io', 'compositions', { cluster: true }),
      ...writing('external-secrets.io', ['externalsecrets', 'secretstores', 'pushsecrets']),
      ...writing('external-secrets.io', ['clustersecretstores', 'clusterexternalsecrets'], { cluster: true }),
      ...writing('cert-manager.io', ['certificates', 'certificaterequests']),
    ],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-kubelet-data',
    may: 'read logs and the memory of containers through the kubelet',
    sink: 'information',
    ways: [
      [need('', 'nodes/log', ['get', 'create'], { names: 'some' })],
      [need('', 'nodes/checkpoint', 'create', { names: 'some' })],
    ],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-kubelet-metrics',
    may: 'read from the kubelet which containers run on a node',
    sink: 'information',
    ways: [[need('', 'nodes/metrics', 'get', { names: 'some' })]],
    severity: { cluster: 'low' },
  },
]
