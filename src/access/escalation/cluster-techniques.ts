import { CHANGE, WRITE, need, writing, type Technique } from './technique.js'

const CERTS = 'certificates.k8s.io'
const ADMISSION = 'admissionregistration.k8s.io'

/** Techniques that change what the cluster lets pass, and where its traffic goes. */
export const CLUSTER_TECHNIQUES: readonly Technique[] = [
  {
    id: 'escalation-mutating-admission',
    may: 'change every object on its way into the cluster',
    sink: 'cluster-admin',
    ways: [
      ...writing(ADMISSION, 'mutatingwebhookconfigurations'),
      [
        need(ADMISSION, 'mutatingadmissionpolicies', 'create'),
        need(ADMISSION, 'mutatingadmissionpolicybindings', WRITE, { names: 'some' }),
      ],
      // A policy that is bound already needs no new binding.
      [need(ADMISSION, 'mutatingadmissionpolicies', CHANGE, { names: 'some' })],
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
          ['delete', 'deletecollection', ...CHANGE],
          { names: 'some' },
        ),
      ],
      [need(ADMISSION, 'validatingwebhookconfigurations', 'create')],
    ],
    severity: { cluster: 'medium' },
  },
  {
    id: 'escalation-namespace-labels',
    may: 'take Pod Security enforcement off a namespace',
    sink: 'guards',
    ways: [[need('', 'namespaces', CHANGE, { names: 'some' })]],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-api-service',
    may: 'have the API server send requests, with who makes them, to a server of its choice',
    sink: 'any identity',
    ways: writing('apiregistration.k8s.io', 'apiservices'),
    severity: { cluster: 'high' },
  },
  {
    id: 'escalation-conversion-webhook',
    may: 'change every custom resource through a conversion webhook',
    sink: 'traffic',
    ways: [[need('apiextensions.k8s.io', 'customresourcedefinitions', CHANGE, { names: 'some' })]],
    severity: { cluster: 'medium' },
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
      [need('', 'pods/portforward', 'create', { names: 'some' })],
      [
        need('', ['pods/proxy', 'services/proxy'], ['get', 'create', 'update', 'patch', 'delete'], {
          names: 'some',
        }),
      ],
    ],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-service-traffic',
    may: 'draw traffic of others to an address of its choice',
    sink: 'traffic',
    // CVE-2020-8554: external addresses and load balancer addresses.
    ways: [[need('', 'services/status', CHANGE, { names: 'some' })], ...writing('', 'services')],
    severity: { cluster: 'medium', namespace: 'low' },
  },
  {
    id: 'escalation-endpoints',
    may: 'draw the traffic of Services to pods or addresses of its choice',
    sink: 'traffic',
    ways: [
      ...writing('discovery.k8s.io', 'endpointslices'),
      ...writing('', 'endpoints'),
      [need('', 'pods/status', CHANGE, { names: 'some' })],
    ],
    severity: { cluster: 'medium', namespace: 'low' },
  },
]
