import {
  asString,
  known,
  unknown,
  valueAt,
  type Command,
  type Estate,
  type Fact,
  type Host,
  type KubeObject,
} from '../../model/index.js'

const VERSION = ['status', 'nodeInfo', 'kubeletVersion']

/**
 * The kubelet's version on a host, without the v: from the Node of the same name, else from a path that carries it,
 * else from what all Nodes agree on, else from the static pods beside it. Never from running a program.
 */
export function kubeletVersionOf(
  estate: Estate,
  host: Host | undefined,
  command: Command | undefined,
): Fact<string> {
  const nodes = estate.objects.filter((object) => object.ref.kind === 'Node' && object.ref.group === '')
  const own = host === undefined ? undefined : nodes.find((node) => node.ref.name === host.name)
  return (
    versionOfNode(own) ??
    versionInPath(host, command) ??
    agreedVersion(nodes) ??
    versionOfStaticPods(host) ??
    versionOfCluster(estate) ??
    unknown('version-unknown', 'no Node, image or path read here says which version the kubelet has')
  )
}

/** The version that a Node tells of its kubelet. */
export function versionOfNode(node: KubeObject | undefined): Fact<string> | undefined {
  const version = versionText(valueAt(node?.content, VERSION))
  if (node === undefined || version === undefined) return undefined
  return known(version, { kind: 'object', object: node, path: VERSION })
}

function agreedVersion(nodes: readonly KubeObject[]): Fact<string> | undefined {
  const found = nodes.map(versionOfNode)
  const versions = new Set(found.map((fact) => (fact?.known === true ? fact.value : '')))
  return versions.size === 1 ? found[0] : undefined
}

function versionInPath(host: Host | undefined, command: Command | undefined): Fact<string> | undefined {
  const found = /[/-]v?(1\.\d{1,3}\.\d{1,3})(?:[-+/]|$)/.exec(command?.executable ?? '')?.[1]
  if (host === undefined || command === undefined || found === undefined) return undefined
  return known(found, {
    kind: 'process',
    host: host.name,
    component: 'kubelet',
    argIndex: 0,
    argument: command.executable,
    ...(command.pid === undefined ? {} : { pid: command.pid }),
  })
}

function versionOfStaticPods(host: Host | undefined): Fact<string> | undefined {
  for (const [file, { text }] of host?.files ?? []) {
    if (host === undefined || text === undefined || !file.startsWith('/etc/kubernetes/manifests/')) continue
    const image = /kube-apiserver[^\s"']*:v(1\.\d{1,3}\.\d{1,3}[\w.+-]*)/.exec(text)
    if (image?.[1] === undefined) continue
    const line = text.slice(0, image.index).split('\n').length
    return known(image[1], { kind: 'file', host: host.name, file, line })
  }
  return undefined
}

function versionOfCluster(estate: Estate): Fact<string> | undefined {
  const map = estate.objects.find(
    ({ ref }) => ref.kind === 'ConfigMap' && ref.namespace === 'kube-system' && ref.name === 'kubeadm-config',
  )
  const path = ['data', 'ClusterConfiguration']
  const text = asString(valueAt(map?.content, path)) ?? ''
  const version = versionText(/^kubernetesVersion:\s*["']?(v?[\w.+-]+)/m.exec(text)?.[1])
  return map === undefined || version === undefined
    ? undefined
    : known(version, { kind: 'object', object: map, path })
}

function versionText(value: unknown): string | undefined {
  const text = asString(value)
  return text !== undefined && /^v?1\.\d{1,3}/.test(text) ? text.replace(/^v/, '') : undefined
}
