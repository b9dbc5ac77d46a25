import { providerOfNode } from '../kube/index.js'
import {
  asString,
  unknown,
  valueAt,
  type Distribution,
  type EffectiveConfig,
  type Estate,
  type Fix,
  type Host,
  type JsonValue,
  type KubeObject,
  type Unknown,
} from '../model/index.js'
import { scalarText } from '../text/index.js'
import { componentView, type ComponentView } from './component.js'
import { CONTROL_PLANE } from './control-plane.js'

type Component = EffectiveConfig['component']

/** Distributions whose nodes are of a provider that runs the control plane. */
const PROVIDERS: Partial<Readonly<Record<Distribution, string>>> = {
  eks: 'Amazon EKS',
  aks: 'Azure AKS',
  gke: 'Google GKE',
}

/**
 * Stands for a component of the control plane that was not seen although something read says that there is one: a host
 * of the control plane, or a cluster as a whole. One view a host or cluster, never one a worker. Where the nodes belong
 * to a provider that runs the control plane, the view names it.
 */
export function unseenControlPlane(
  estate: Estate,
  component: Component,
  seen: readonly ComponentView[],
): ComponentView[] {
  const hosts = new Set(seen.map(({ host }) => host))
  const onHosts = estate.hosts
    .filter((host) => !hosts.has(host.name) && isControlPlane(host))
    .map((host) => unseenOn(host, component))
  if (seen.length + onHosts.length > 0) return onHosts
  const provider = providerOf(estate)
  if (provider !== undefined) return [runBy(provider, component)]
  return claimsCluster(estate) ? [unseenInCluster(estate, component)] : []
}

const OWN_COMPONENTS: ReadonlySet<string> = new Set([
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
])
const OWN_FILES =
  /^\/(?:etc\/kubernetes\/(?:pki\/ca\.key|controller-manager\.conf|scheduler\.conf)|var\/lib\/rancher\/(?:k3s|rke2)\/server\/|var\/lib\/k0s\/pki\/ca\.key)/

/** Whether a host has what only a host of the control plane has. */
function isControlPlane(host: Host): boolean {
  const { commands, files } = host
  const runs = commands.some(
    ({ component, args }) =>
      OWN_COMPONENTS.has(component) ||
      (/^(?:k3s|rke2)$/.test(component) && args[0]?.value === 'server') ||
      (component === 'k0s' && args[0]?.value === 'controller'),
  )
  return runs || [...files.keys()].some((path) => OWN_FILES.test(path))
}

function unseenOn(host: Host, component: Component): ComponentView {
  const inside = host.distribution === 'k3s'
  const detail = inside
    ? `k3s runs ${component} in its own process and its flags were not seen`
    : `${host.name} is a host of the control plane, and neither a process, a unit nor a static pod of ${component} was seen on it`
  const command = host.commands.find((each) => each.component === host.distribution)
  return unseenView(component, host.name, unknown('no-source', detail), {
    machine: host,
    distribution: host.distribution,
    ...(command === undefined ? {} : { command }),
  })
}

function runBy(provider: string, component: Component): ComponentView {
  const unseen = unknown('no-source', `${provider} runs ${component}: no API shows its flags`)
  return { ...unseenView(component, CONTROL_PLANE, unseen), managedBy: provider }
}

function unseenInCluster(estate: Estate, component: Component): ComponentView {
  const unread = estate.sources.flatMap((source) => source.unread ?? []).find(({ kind }) => kind === '/Pod')
  const k3s = nodesOf(estate).some((node) => /\+k3s/.test(kubeletVersion(node)))
  const detail =
    unread?.detail ??
    (k3s
      ? `k3s runs ${component} in its own process and its flags were not seen`
      : `no pod of the cluster and no host read here shows the flags of ${component}`)
  const reason = unread === undefined ? 'no-source' : 'not-given'
  return unseenView(component, CONTROL_PLANE, unknown(reason, detail), {
    distribution: k3s ? 'k3s' : 'unknown',
  })
}

function unseenView(
  component: Component,
  host: string,
  unseen: Unknown,
  more: Partial<Pick<ComponentView, 'machine' | 'distribution' | 'command'>> = {},
): ComponentView {
  const distribution = more.distribution ?? 'unknown'
  return componentView({
    config: { component, host, settings: [], gaps: [{ reason: unseen.reason, detail: unseen.detail }] },
    host,
    ...more,
    distribution,
    version: unknown('version-unknown', unseen.detail),
    unseen,
    change: (name, value) => changeUnseen(component, distribution, name, value),
  })
}

function changeUnseen(component: Component, distribution: Distribution, name: string, value: JsonValue): Fix {
  const wanted = `${name}=${scalarText(value)}`
  const k3s = distribution === 'k3s' || distribution === 'rke2'
  return {
    text: k3s
      ? `Add \`${wanted}\` to \`${component}-arg\` in \`/etc/rancher/${distribution}/config.yaml\`, then restart ${distribution}.`
      : `Set \`--${wanted}\` where \`${component}\` is started.`,
    edits: [],
    commands: [],
    risk: 'restart',
    needs: [],
    restart: k3s ? distribution : component,
  }
}

function providerOf(estate: Estate): string | undefined {
  for (const node of nodesOf(estate)) {
    const provider = providerOfNode(node)
    if (provider !== undefined) return provider
  }
  return estate.hosts.map(({ distribution }) => PROVIDERS[distribution]).find((name) => name !== undefined)
}

/** A whole cluster was read, or was to be read. */
function claimsCluster(estate: Estate): boolean {
  return estate.sources.some(({ kind, complete }) => complete || kind === 'cluster')
}

function nodesOf(estate: Estate): KubeObject[] {
  return estate.objects.filter(({ ref }) => ref.kind === 'Node' && ref.group === '')
}

function kubeletVersion(node: KubeObject): string {
  return asString(valueAt(node.content, ['status', 'nodeInfo', 'kubeletVersion'])) ?? ''
}
