import type { Distribution, Fix, JsonValue } from '../../model/index.js'

/** Where nodes are made from settings that are kept elsewhere, a change on the node is lost with the node. */
const PROVIDERS: Partial<Readonly<Record<Distribution, (wanted: string) => string>>> = {
  gke: (wanted) =>
    `Set ${wanted} in the node system configuration of the node pool (gcloud container node-pools update --system-config-from-file), where GKE offers it`,
  aks: (wanted) =>
    `Set ${wanted} in the custom node configuration of a node pool (az aks nodepool add --kubelet-config), where AKS offers it`,
  eks: (wanted) =>
    `Set ${wanted} under spec.kubelet.config of the NodeConfig in the user data of the launch template, then replace the nodes`,
  bottlerocket: (wanted) =>
    `Set ${wanted} with the setting of the same meaning below settings.kubernetes (apiclient set, or the user data)`,
  openshift: (wanted) => `Set ${wanted} in a KubeletConfig object: the machine config operator owns the file`,
  talos: (wanted) =>
    `Set ${wanted} below machine.kubelet.extraConfig of the machine configuration (talosctl patch machineconfig)`,
}

const GKE_PORT =
  'Close the port for the cluster, not on the node: gcloud container clusters update CLUSTER --no-enable-insecure-kubelet-readonly-port'

/** The change of a kubelet's setting where the provider of the node keeps it; undefined on nodes of one's own. */
export function changeAtProvider(
  distribution: Distribution,
  name: string,
  value: JsonValue,
): Fix | undefined {
  const provider = PROVIDERS[distribution]
  if (provider === undefined) return undefined
  const wanted = `\`${name}\` to \`${typeof value === 'string' ? value : JSON.stringify(value)}\``
  const text = distribution === 'gke' && name === 'readOnlyPort' ? GKE_PORT : provider(wanted)
  return {
    text: `${text}. What is changed on the node itself is lost when the node is replaced.`,
    edits: [],
    commands: [],
    risk: 'restart',
    needs: [],
    restart: 'the nodes, one after another',
  }
}
