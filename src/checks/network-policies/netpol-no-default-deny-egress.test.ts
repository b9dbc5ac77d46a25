import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentOf, documents, namespaceNamed, policyWith, serviceOf } from './example-network.js'
import { netpolNoDefaultDenyEgress } from './netpol-no-default-deny-egress.js'

const SHOP = documents(namespaceNamed('shop'), deploymentOf('web'))
const of = (...more: string[]) => ({ complete: true, manifests: documents(SHOP, ...more) })
const crd = (group: string, kind: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: "x.${group}" }
spec: { group: ${group}, names: { kind: ${kind} } }
`
const cilium = (spec: string, kind = 'CiliumNetworkPolicy') => `apiVersion: cilium.io/v2
kind: ${kind}
metadata: { name: deny${kind === 'CiliumNetworkPolicy' ? ', namespace: shop' : ''} }
spec: ${spec}
`
const calico = (spec: string) => `apiVersion: crd.projectcalico.org/v1
kind: GlobalNetworkPolicy
metadata: { name: default.deny }
spec: ${spec}
`
const admin = (kind: string, spec: string) => `apiVersion: policy.networking.k8s.io/v1alpha1
kind: ${kind}
metadata: { name: default }
spec: ${spec}
`

checkTests(netpolNoDefaultDenyEgress, [
  {
    name: 'no policy at all',
    kind: 'failing',
    given: of(serviceOf('web')),
    expect: [{ result: 'fail', severity: 'medium', line: 3, path: 'default-deny-egress', fix: 'advice' }],
  },
  {
    name: 'a policy of the other direction, and one for some pods',
    kind: 'failing',
    given: of(
      policyWith('podSelector: {}\npolicyTypes: [Ingress]', 'shop', 'other'),
      policyWith('podSelector: { matchLabels: { app: db } }\npolicyTypes: [Egress]'),
    ),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a policy of another namespace',
    kind: 'failing',
    given: of(policyWith('podSelector: {}\npolicyTypes: [Egress]', 'other')),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a default deny that some rules open',
    kind: 'passing',
    given: of(policyWith('policyTypes: [Egress]\negress: [{ ports: [{ port: 443 }] }]')),
    expect: [],
  },
  {
    name: 'each pod has a policy of its own',
    kind: 'odd',
    given: of(policyWith('podSelector: { matchLabels: { app: web } }\npolicyTypes: [Egress]')),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'system namespaces, and one without pods',
    kind: 'odd',
    given: {
      complete: true,
      manifests: documents(
        namespaceNamed('kube-system'),
        deploymentOf('dns', 'kube-system'),
        namespaceNamed('empty'),
      ),
    },
    expect: [
      { result: 'fail', severity: 'info', message: /kube-system/ },
      { result: 'fail', severity: 'info', message: /empty/ },
    ],
  },
  {
    name: 'Cilium isolates the namespace, or the cluster',
    kind: 'passing',
    given: of(
      cilium('{ endpointSelector: {}, egress: [{}] }'),
      cilium('{ endpointSelector: {} }', 'CiliumClusterwideNetworkPolicy'),
    ),
    expect: [],
  },
  {
    name: 'Calico isolates all namespaces but those of the system',
    kind: 'passing',
    given: of(
      calico(
        `{ types: [Egress], namespaceSelector: 'has(projectcalico.org/name) && projectcalico.org/name not in {"kube-system"}' }`,
      ),
    ),
    expect: [],
  },
  {
    name: 'a baseline of the cluster denies',
    kind: 'passing',
    given: of(
      admin(
        'BaselineAdminNetworkPolicy',
        `{ subject: { namespaces: {} }, egress: [{ action: Deny, to: [{ namespaces: {} }] }] }`,
      ),
    ),
    expect: [],
  },
  {
    name: 'Cilium without a default deny, Calico elsewhere, an admin policy that only allows',
    kind: 'failing',
    given: of(
      cilium('{ endpointSelector: {}, egress: [{}], enableDefaultDeny: { egress: false } }'),
      calico(`{ types: [Egress], namespaceSelector: 'projectcalico.org/name == "other"' }`),
      admin('AdminNetworkPolicy', '{ subject: { namespaces: {} }, egress: [{ action: Allow }] }'),
    ),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'other layers whose rules are not evaluated',
    kind: 'unknown',
    given: of(
      cilium('{ endpointSelector: { matchLabels: { app: web } }, egress: [{}] }'),
      calico(`{ types: [Egress], selector: 'app == "web"' }`),
      admin('AdminNetworkPolicy', '{ subject: { namespaces: {} }, egress: [{ action: Deny }] }'),
    ),
    expect: [{ result: 'unknown', reason: 'no-source', message: /not evaluated/ }],
  },
  {
    name: 'only manifests',
    kind: 'unknown',
    given: { manifests: SHOP },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'the cluster serves a kind of policy that was not read',
    kind: 'unknown',
    given: of(crd('cilium.io', 'CiliumNetworkPolicy')),
    expect: [{ result: 'unknown', reason: 'no-source', message: /CiliumNetworkPolicy/ }],
  },
])
