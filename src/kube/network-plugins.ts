import { asList, asString, asStrings, field, type Host, type KubeObject } from '../model/index.js'
import { imageName } from './image-repository.js'
import type { ObjectIndex } from './object-index.js'
import { containersOf, podTemplatesOf, type Container } from './pod-template.js'

/** What moves the packets of pods, and whether it enforces NetworkPolicies as it is set up. */
export interface NetworkPlugin {
  readonly name: string
  readonly enforces: boolean
  /** For one that does not: why, and what would. */
  readonly detail?: string
  readonly object?: KubeObject
  readonly host?: string
  readonly file?: string
}

interface Signature {
  readonly name: string
  /** End of the repository of an image, whole path segments. */
  readonly image: RegExp
  /** Undefined when nothing can be told. */
  judge(
    container: Container,
    siblings: readonly Container[],
  ): { enforces: boolean; detail?: string } | undefined
}

const enforcing = (name: string, image: RegExp): Signature => ({
  name,
  image,
  judge: () => ({ enforces: true }),
})

const FLANNEL = 'flannel moves packets and enforces nothing; Calico beside it (Canal) or another plug-in does'
const VPC =
  'its network policy agent is off; set `enableNetworkPolicy` to "true" in the configuration of the VPC CNI add-on'

/** Sources: the manifests that each project publishes; docs.aws.amazon.com/eks, "Limit Pod traffic with Kubernetes network policies". */
const SIGNATURES: readonly Signature[] = [
  enforcing(
    'Calico',
    /(?:^|\/)(?:calico\/node|(?:mirrored|hardened)-calico(?:-node)?|projectcalico-org\/node)$/,
  ),
  enforcing(
    'Cilium',
    /(?:^|\/)(?:cilium\/cilium|(?:mirrored|hardened)-cilium(?:-cilium)?|cilium-distroless)$/,
  ),
  enforcing('Antrea', /(?:^|\/)antrea\/antrea-(?:agent(?:-ubuntu|-ubi)?|ubuntu|ubi)$/),
  enforcing('OVN-Kubernetes', /(?:^|\/)ovn-kubernetes(?:\/[\w-]+)?$/),
  enforcing('Kube-OVN', /(?:^|\/)kubeovn\/kube-ovn$/),
  enforcing('Weave Net', /(?:^|\/)weaveworks\/weave-npc$/),
  enforcing('Azure network policy manager', /(?:^|\/)azure-npm$/),
  enforcing('kube-network-policies', /(?:^|\/)kube-network-policies$/),
  enforcing('GKE Dataplane V2', /(?:^|\/)(?:anetd|cilium\/anetd|gke-cilium)$/),
  {
    name: 'kube-router',
    image: /(?:^|\/)kube-router$/,
    judge: ({ spec }) => {
      const off = [...asStrings(spec.args), ...asStrings(spec.command)].some((each) =>
        /^--run-firewall=(?:false|f|0)$/i.test(each),
      )
      return off ? { enforces: false, detail: '`--run-firewall` is false' } : { enforces: true }
    },
  },
  {
    name: 'Amazon VPC CNI',
    image: /(?:^|\/)amazon-k8s-cni$/,
    judge: (_cni, siblings) => {
      const agent = siblings.find(({ spec }) =>
        /(?:^|\/)aws-network-policy-agent$/.test(repositoryOf(spec.image)),
      )
      const on = asStrings(agent?.spec.args).some((each) => /^--enable-network-policy(?:=true)?$/.test(each))
      return on ? { enforces: true } : { enforces: false, detail: VPC }
    },
  },
  {
    name: 'kindnet',
    image: /(?:^|\/)kindest\/kindnetd$/,
    // Source: kubernetes-sigs/kind release notes v0.24.0 (August 2024): kindnet enforces NetworkPolicies.
    judge: ({ spec }) => {
      const built = /^v(\d{8})/.exec(imageName(asString(spec.image) ?? '').tag ?? '')?.[1]
      if (built === undefined) return undefined
      return built >= '20240813'
        ? { enforces: true }
        : { enforces: false, detail: 'kindnet enforces policies from kind v0.24' }
    },
  },
  {
    name: 'flannel',
    image:
      /(?:^|\/)(?:flannel(?:-io)?\/flannel|coreos\/flannel|flannelcni\/flannel|(?:mirrored|hardened)-flannel(?:-flannel)?)$/,
    judge: () => ({ enforces: false, detail: FLANNEL }),
  },
]

/** The network plug-ins that an estate shows: agents on every node, and the plug-in configuration of hosts. */
export function networkPluginsOf(index: ObjectIndex, hosts: readonly Host[]): NetworkPlugin[] {
  const agents = [...index.ofKind('apps', 'DaemonSet'), ...index.ofKind('extensions', 'DaemonSet')]
  return [...agents.flatMap(pluginsOfAgent), ...hosts.flatMap(pluginsOfHost)]
}

function pluginsOfAgent(object: KubeObject): NetworkPlugin[] {
  const containers = podTemplatesOf(object).flatMap((template) => containersOf(template))
  const own = containers.filter(({ kind }) => kind === 'container')
  return own.flatMap((container) => {
    const repository = repositoryOf(container.spec.image)
    const signature = SIGNATURES.find(({ image }) => image.test(repository))
    const judged = signature?.judge(container, own)
    return signature === undefined || judged === undefined
      ? []
      : [{ name: signature.name, object, ...judged }]
  })
}

/** Types of CNI plug-ins that enforce policies by the agent that writes them, and those that only move packets. */
const ENFORCING_TYPES: ReadonlyMap<string, string> = new Map([
  ['calico', 'Calico'],
  ['cilium-cni', 'Cilium'],
  ['antrea', 'Antrea'],
  ['ovn-k8s-cni-overlay', 'OVN-Kubernetes'],
  ['kube-ovn', 'Kube-OVN'],
])

function pluginsOfHost(host: Host): NetworkPlugin[] {
  if (host.distribution === 'k3s') return pluginOfK3s(host)
  const files = [...host.files.values()].filter(({ path }) =>
    /^\/etc\/cni\/net\.d\/[^/]+\.conf(?:list)?$/.test(path),
  )
  // The runtime takes the first in the order of names. Source: containernetworking/cni libcni, ConfFiles.
  const first = files.sort((a, b) => (a.path < b.path ? -1 : 1))[0]
  const types = typesIn(first?.text)
  const found = types.map((type) => ENFORCING_TYPES.get(type)).find((name) => name !== undefined)
  if (first === undefined) return []
  if (found !== undefined) return [{ name: found, enforces: true, host: host.name, file: first.path }]
  return types.includes('flannel')
    ? [{ name: 'flannel', enforces: false, detail: FLANNEL, host: host.name, file: first.path }]
    : []
}

/** Servers of k3s run the policy controller of kube-router unless told not to. Source: docs.k3s.io, Network policy controller. */
function pluginOfK3s(host: Host): NetworkPlugin[] {
  const config = host.files.get('/etc/rancher/k3s/config.yaml')?.text ?? ''
  const args = host.commands.flatMap((command) => (command.component === 'k3s' ? command.args : []))
  const off =
    /^\s*"?disable-network-policy"?\s*:\s*"?true/m.test(config) ||
    args.some(({ value }) => /^--disable-network-policy(?:=true)?$/.test(value))
  const isServer = args.some(({ value }) => value === 'server') || config !== ''
  if (!isServer && !off) return []
  return [
    {
      name: 'k3s',
      enforces: !off,
      ...(off ? { detail: '`disable-network-policy` is set, and flannel enforces nothing' } : {}),
      host: host.name,
    },
  ]
}

function typesIn(text: string | undefined): string[] {
  if (text === undefined) return []
  try {
    const config: unknown = JSON.parse(text)
    const plugins = [config, ...asList(field(config, 'plugins'))]
    return plugins.flatMap((each) => asString(field(each, 'type')) ?? [])
  } catch {
    return []
  }
}

function repositoryOf(image: unknown): string {
  return imageName(asString(image) ?? '').repository
}
