import { makesPods, type ApiGroup, type ApiResource } from '../../kube/index.js'
import type { ClusterWish } from './cluster-door.js'

/** A list to ask for. */
export interface WantedList {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly resource: string
  readonly namespaced: boolean
}

/** What decides access: rights, who there is, and what the node authorizer relates to nodes. */
const ACCESS = new Set([
  'namespaces.',
  'nodes.',
  'pods.',
  'serviceaccounts.',
  'persistentvolumes.',
  'persistentvolumeclaims.',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'apiservices.apiregistration.k8s.io',
  'volumeattachments.storage.k8s.io',
  'resourceclaims.resource.k8s.io',
  'resourceslices.resource.k8s.io',
  'podcertificaterequests.certificates.k8s.io',
])

/** What checks ask beside that; kinds that make pods are known elsewhere. */
const EVERYTHING = new Set([
  ...ACCESS,
  'services.',
  'configmaps.',
  'secrets.',
  'resourcequotas.',
  'limitranges.',
  'ingresses.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
  'networkpolicies.networking.k8s.io',
  'poddisruptionbudgets.policy',
  'certificatesigningrequests.certificates.k8s.io',
  'csidrivers.storage.k8s.io',
  'runtimeclasses.node.k8s.io',
  'referencegrants.gateway.networking.k8s.io',
  'azureidentities.aadpodidentity.k8s.io',
  'azureidentitybindings.aadpodidentity.k8s.io',
  'ec2nodeclasses.karpenter.k8s.aws',
  'awsnodetemplates.karpenter.k8s.aws',
  'awsmachinetemplates.infrastructure.cluster.x-k8s.io',
  'awsmachines.infrastructure.cluster.x-k8s.io',
  'awsmanagedmachinepools.infrastructure.cluster.x-k8s.io',
  'azuremachinetemplates.infrastructure.cluster.x-k8s.io',
  'kubeadmconfigs.bootstrap.cluster.x-k8s.io',
  'kubeadmconfigtemplates.bootstrap.cluster.x-k8s.io',
  'kubeadmcontrolplanes.controlplane.cluster.x-k8s.io',
  'storageclasses.storage.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingadmissionpolicies.admissionregistration.k8s.io',
  'validatingadmissionpolicybindings.admissionregistration.k8s.io',
  'mutatingadmissionpolicies.admissionregistration.k8s.io',
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io',
  'clusterpolicies.kyverno.io',
  'policies.kyverno.io',
  'validatingpolicies.policies.kyverno.io',
  'imagevalidatingpolicies.policies.kyverno.io',
  'k8sallowedrepos.constraints.gatekeeper.sh',
  'gateways.gateway.networking.k8s.io',
  'httproutes.gateway.networking.k8s.io',
  'grpcroutes.gateway.networking.k8s.io',
  'tlsroutes.gateway.networking.k8s.io',
  'tcproutes.gateway.networking.k8s.io',
  'referencegrants.gateway.networking.k8s.io',
  'backendtlspolicies.gateway.networking.k8s.io',
  'routes.route.openshift.io',
  'gateways.networking.istio.io',
  'peerauthentications.security.istio.io',
  'adminnetworkpolicies.policy.networking.k8s.io',
  'baselineadminnetworkpolicies.policy.networking.k8s.io',
  'clusternetworkpolicies.policy.networking.k8s.io',
  'ciliumnetworkpolicies.cilium.io',
  'ciliumclusterwidenetworkpolicies.cilium.io',
  'networkpolicies.crd.projectcalico.org',
  'globalnetworkpolicies.crd.projectcalico.org',
  'networkpolicies.projectcalico.org',
  'globalnetworkpolicies.projectcalico.org',
  'endpoints.',
  'endpointslices.discovery.k8s.io',
  'horizontalpodautoscalers.autoscaling',
  'servicemonitors.monitoring.coreos.com',
  'podmonitors.monitoring.coreos.com',
  // Kinds of Kubernetes itself whose versions end soon: upgrades ask who wrote in them.
  'flowschemas.flowcontrol.apiserver.k8s.io',
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io',
  'servicecidrs.networking.k8s.io',
  'volumeattributesclasses.storage.k8s.io',
  'clustertrustbundles.certificates.k8s.io',
  'deviceclasses.resource.k8s.io',
  'resourceclaimtemplates.resource.k8s.io',
  'ingressroutes.traefik.io',
  'ingressroutes.traefik.containo.us',
])

/** What holds certificates, Secrets left out: what others are trusted by, and what was asked for. */
const CERTIFICATES = new Set([
  'apiservices.apiregistration.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'certificatesigningrequests.certificates.k8s.io',
])

/** Nodes, which every server serves so. */
export const NODES: WantedList = {
  group: '',
  version: 'v1',
  kind: 'Node',
  resource: 'nodes',
  namespaced: false,
}

/** The lists to ask for, of what the server serves, each in the version that the server prefers. */
export function wantedLists(
  groups: readonly ApiGroup[],
  { extent, namespace, podKinds = [] }: ClusterWish,
): WantedList[] {
  const wanted = new Map<string, WantedList>()
  for (const group of groups) {
    for (const resource of group.resources) {
      const name = `${resource.name}.${group.name}`
      const asked =
        extent === 'access'
          ? ACCESS.has(name)
          : extent === 'certificates'
            ? CERTIFICATES.has(name)
            : EVERYTHING.has(name) ||
              makesPods(group.name, resource.kind) ||
              podKinds.includes(`${resource.kind}.${group.name}`)
      if (!asked || wanted.has(name) || !resource.verbs.includes('list')) continue
      if (namespace !== undefined && !resource.namespaced) continue
      wanted.set(name, {
        group: group.name,
        version: preferredVersion(group, resource),
        kind: resource.kind,
        resource: resource.name,
        namespaced: resource.namespaced,
      })
    }
  }
  return [...wanted.values()]
}

/** A stable version before all others: a beta that is served beside it is only there for old clients. */
function preferredVersion(group: ApiGroup, { name }: ApiResource): string {
  const versions = group.versions.filter((version) =>
    group.resources.some((resource) => resource.name === name && resource.versions.includes(version)),
  )
  return versions.find((version) => /^v\d+$/.test(version)) ?? versions[0] ?? ''
}
