import {
  apiServerFacts,
  indexObjects,
  isCordonedByUpgrade,
  providerOfNode,
  type ObjectIndex,
} from '../../kube/index.js'
import {
  asBoolean,
  asList,
  asObject,
  asString,
  compareText,
  field,
  unknown,
  valueAt,
  type Estate,
  type Host,
  type KubeObject,
  type Unknown,
} from '../../model/index.js'
import { containerdVersionOf } from '../../runtimes/index.js'
import { parseKubeVersion } from '../kube-version.js'
import type {
  ClusterInventory,
  EtcdTopology,
  InstalledComponent,
  NodeInventory,
  VersionedComponent,
} from './cluster-inventory.js'
import { componentsInPods } from './control-plane-components.js'
import { hostVersions } from './host-versions.js'
import { clusterConfiguration } from './kubeadm-config.js'
import { packageManagerOf } from './package-manager.js'

/** What the estate does not hold and the caller may know. */
export interface InventoryExtras {
  /** `gitVersion` of the API server's own /version. */
  readonly serverVersion?: string
  /** The kubectl whose version is to be judged, where the user asks for it. */
  readonly kubectlVersion?: string
}

/** Takes stock of the cluster, snapshot or host that was read. */
export function takeInventory(
  estate: Estate,
  extras: InventoryExtras = {},
  index: ObjectIndex = indexObjects(estate),
): ClusterInventory {
  const pods = componentsInPods(index)
  const facts = apiServerFacts(estate.objects).flatMap(({ gitVersion }) => gitVersion ?? [])
  const told = { ...(facts[0] === undefined ? {} : { serverVersion: facts[0] }), ...extras }
  const ofHosts = hostVersions(estate)
  const nodes = nodesOf(estate, index, new Set(pods.components.filter(isApiserver).map(({ node }) => node)))
  const components = [
    ...pods.components,
    ...nodes.flatMap(({ object }) => (object === undefined ? [] : componentsOfNode(object))),
    ...ofHosts.filter(({ node, component }) => !hasIn(nodes, pods.components, node, component)),
    ...extraComponents(told, [...pods.components, ...ofHosts]),
  ].sort((a, b) => compareText(a.component, b.component) || compareText(a.node, b.node))
  const config = clusterConfiguration(index)
  const managedBy = nodes.flatMap(({ object }) => (object && providerOfNode(object)) ?? [])[0]
  const kubeadmVersion = parseKubeVersion(asString(config?.value.kubernetesVersion))
  const topology = topologyOf(config?.value, pods.etcd.length)
  return {
    name: nameOf(estate),
    uid: asString(valueAt(index.get('', 'Namespace', '', 'kube-system')?.content, ['metadata', 'uid'])) ?? '',
    nodes,
    components,
    etcd: { topology, members: [...pods.etcd].sort((a, b) => compareText(a.node, b.node)) },
    ...(config === undefined
      ? {}
      : {
          kubeadm: {
            clusterConfiguration: config.text,
            ...(kubeadmVersion === undefined ? {} : { version: kubeadmVersion }),
          },
        }),
    ...(managedBy === undefined ? {} : { managedBy }),
    gaps: gapsOf(estate, index, components),
  }
}

/** Manifests beside a cluster are not its name. */
function nameOf({ sources }: Estate): string {
  const running = sources.filter(({ kind }) => kind !== 'manifests')
  return (running.length > 0 ? running : sources).map(({ name }) => name).join(', ')
}

function nodesOf(estate: Estate, index: ObjectIndex, servers: ReadonlySet<string>): NodeInventory[] {
  const hosts = new Map(estate.hosts.map((host) => [host.name, host]))
  const objects = index.ofKind('', 'Node').filter(({ source }) => source !== 'manifest')
  const named = new Set(objects.map(({ ref }) => ref.name))
  const ofObjects = objects.map((object) => nodeOf(object, hosts.get(object.ref.name), servers))
  const alone = estate.hosts
    .filter(
      ({ name, commands }) => !named.has(name) && commands.some(({ component }) => component === 'kubelet'),
    )
    .map((host) => nodeOfHost(host, servers))
  return [...ofObjects, ...alone].sort((a, b) => compareText(a.name, b.name))
}

const CONTROL_PLANE_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']

/** Conditions that should be false. Source: k8s.io/api v0.36 core/v1, NodeConditionType. */
const TROUBLES = new Set(['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'])

function nodeOf(object: KubeObject, host: Host | undefined, servers: ReadonlySet<string>): NodeInventory {
  const { content, ref } = object
  const info = (name: string): string => asString(valueAt(content, ['status', 'nodeInfo', name])) ?? ''
  const labels = asObject(valueAt(content, ['metadata', 'labels']))
  const conditions = asList(valueAt(content, ['status', 'conditions']))
  const status = (type: string): string | undefined =>
    asString(
      field(
        conditions.find((each) => field(each, 'type') === type),
        'status',
      ),
    )
  const ready = status('Ready')
  const osImage = info('osImage')
  const system = info('operatingSystem')
  const runtime = runtimeOf(info('containerRuntimeVersion'))
  const cgroup = host === undefined ? undefined : cgroupOf(host)
  const isControlPlane =
    servers.has(ref.name) || CONTROL_PLANE_LABELS.some((label) => Object.hasOwn(labels, label))
  return {
    name: ref.name,
    uid: asString(valueAt(content, ['metadata', 'uid'])) ?? '',
    role: isControlPlane ? 'control-plane' : 'worker',
    os: system === 'linux' || system === 'windows' ? system : 'unknown',
    osImage,
    kernel: info('kernelVersion'),
    architecture: info('architecture'),
    packages: packageManagerOf(osImage),
    ...(runtime === undefined ? {} : { runtime }),
    ...(cgroup === undefined ? {} : { cgroup }),
    ...(ready === undefined ? {} : { ready: ready === 'True' }),
    troubles: [...TROUBLES].filter((type) => status(type) === 'True'),
    cordoned: asBoolean(valueAt(content, ['spec', 'unschedulable'])) ?? false,
    leftCordoned: isCordonedByUpgrade(content),
    object,
    ...(host === undefined ? {} : { host }),
  }
}

function nodeOfHost(host: Host, servers: ReadonlySet<string>): NodeInventory {
  const name = /^PRETTY_NAME=["']?([^"'\n]*)/m.exec(host.files.get('/etc/os-release')?.text ?? '')?.[1] ?? ''
  const containerd = containerdVersionOf(host)
  const cgroup = cgroupOf(host)
  return {
    name: host.name,
    uid: '',
    role: servers.has(host.name) || hasApiserver(host) ? 'control-plane' : 'worker',
    os: 'linux',
    osImage: name,
    kernel: '',
    architecture: '',
    packages: packageManagerOf(name),
    ...(containerd.known ? { runtime: { name: 'containerd', version: containerd.value } } : {}),
    ...(cgroup === undefined ? {} : { cgroup }),
    troubles: [],
    cordoned: false,
    leftCordoned: false,
    host,
  }
}

function hasApiserver(host: Host): boolean {
  return host.commands.some(({ component }) => component === 'kube-apiserver')
}

/** `containerd://1.7.27` */
function runtimeOf(text: string): NodeInventory['runtime'] {
  const found = /^([\w-]{1,40}):\/\/v?(\S{1,80})$/.exec(text)
  return found === null ? undefined : { name: found[1] ?? '', version: found[2] ?? '' }
}

/** The file that the second version alone has at its root. Source: kernel.org, Control Group v2, "cgroup.controllers". */
function cgroupOf(host: Host): 1 | 2 | undefined {
  if (host.files.has('/sys/fs/cgroup/cgroup.controllers')) return 2
  return host.files.has('/sys/fs/cgroup/memory') ? 1 : undefined
}

/**
 * The kubelet by what the node says of itself. What it says of kube-proxy is the kubelet's own version, and nothing
 * since 1.33: the image of its pod is believed alone.
 * Source: KEP-4004, DeprecateStatusNodeInfoKubeProxyVersion.
 */
function componentsOfNode(node: KubeObject): InstalledComponent[] {
  const { name } = node.ref
  const told = (component: VersionedComponent, key: string): InstalledComponent[] => {
    const text = asString(valueAt(node.content, ['status', 'nodeInfo', key])) ?? ''
    if (text === '') return []
    const version = parseKubeVersion(text)
    const seen = `Node ${name} status.nodeInfo.${key}`
    return [{ component, node: name, text, seen, ...(version === undefined ? {} : { version }) }]
  }
  return told('kubelet', 'kubeletVersion')
}

function extraComponents(
  { serverVersion, kubectlVersion }: InventoryExtras,
  pods: readonly InstalledComponent[],
): InstalledComponent[] {
  const of = (
    component: VersionedComponent,
    text: string | undefined,
    seen: string,
  ): InstalledComponent[] => {
    if (text === undefined) return []
    const version = parseKubeVersion(text)
    return [{ component, node: '', text, seen, ...(version === undefined ? {} : { version }) }]
  }
  return [
    ...(pods.some(isApiserver) ? [] : of('kube-apiserver', serverVersion, 'GET /version')),
    ...of('kubectl', kubectlVersion, 'as given'),
  ]
}

function hasIn(
  nodes: readonly NodeInventory[],
  pods: readonly InstalledComponent[],
  node: string,
  component: VersionedComponent,
): boolean {
  if (component === 'kubelet') return nodes.some(({ name, object }) => name === node && object !== undefined)
  return pods.some((each) => each.node === node && each.component === component)
}

function isApiserver({ component }: InstalledComponent): boolean {
  return component === 'kube-apiserver'
}

/** What kubeadm keeps says it; where nothing is kept, members that are seen say that there are some. */
function topologyOf(configuration: object | undefined, members: number): EtcdTopology {
  if (configuration !== undefined) {
    return field(field(configuration, 'etcd'), 'external') === undefined ? 'local' : 'external'
  }
  return members > 0 ? 'local' : 'unknown'
}

function gapsOf(estate: Estate, index: ObjectIndex, components: readonly InstalledComponent[]): Unknown[] {
  const gaps: Unknown[] = []
  const hosts = estate.hosts.length > 0 && index.ofKind('', 'Node').length === 0
  if (hosts)
    gaps.push(unknown('no-source', 'only hosts were read: the other nodes of their cluster are not known'))
  if (!components.some(isApiserver)) {
    gaps.push(
      unknown(
        'version-unknown',
        'no API server was seen: neither a pod of it in kube-system nor its own word',
      ),
    )
  }
  for (const { component, node, text } of components) {
    if (component === 'kube-apiserver' || component === 'kubelet') {
      if (parseKubeVersion(text) === undefined) {
        gaps.push(
          unknown(
            'unparsable',
            `the ${component} of ${node} has \`${text}\`, which is no version of Kubernetes`,
          ),
        )
      }
    }
  }
  for (const { unread = [] } of estate.sources) {
    for (const { kind, detail } of unread)
      gaps.push(unknown('unreadable', `${kind.replace(/^\//, '')}: ${detail}`))
  }
  return gaps
}
