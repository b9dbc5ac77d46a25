import releases from '../../../data/kubernetes-releases.json' with { type: 'json' }
import setup from '../../../data/kubeadm-setup.json' with { type: 'json' }
import { RampartError } from '../../model/index.js'
import { ipFamily, isDnsSubdomain, nearestWords } from '../../text/index.js'

export const TOPOLOGIES = ['single', 'stacked', 'external'] as const
/** One control-plane node; several, each with its etcd; several, with etcd on machines of its own. */
export type Topology = (typeof TOPOLOGIES)[number]

export const JOINS = ['token', 'file'] as const
/** How machines come to know the cluster that they join: by a bootstrap token and the hash of its CA, or by a file. */
export type JoinBy = (typeof JOINS)[number]

/** What a user says of the cluster, as text. */
export interface SetupOptions {
  readonly kubernetesVersion: string
  readonly controlPlaneEndpoint: string
  readonly topology?: string
  readonly joinBy?: string
  readonly criSocket?: string
  readonly advertiseAddress?: string
  readonly podSubnet?: string
  readonly serviceSubnet?: string
  readonly imageRepository?: string
  readonly etcdEndpoints?: readonly string[]
}

/** The same, checked. */
export interface SetupRequest {
  /** `v1.36.3`. */
  readonly version: string
  readonly minor: number
  /** `HOST:PORT`. */
  readonly endpoint: string
  readonly port: number
  readonly topology: Topology
  readonly joinBy: JoinBy
  readonly criSocket: string
  readonly advertiseAddress: string | undefined
  readonly podSubnet: string | undefined
  readonly serviceSubnet: string | undefined
  readonly imageRepository: string | undefined
  readonly etcdEndpoints: readonly string[]
}

const OLDEST = minorOf(setup.oldest)
const NEWEST = Math.max(...releases.releases.map(({ minor }) => minorOf(minor)))
/** Source: kubernetes v1.36.3 cmd/kubeadm/app/constants/constants_unix.go, CRISocketContainerd. */
const CONTAINERD = 'unix:///var/run/containerd/containerd.sock'
const PORT = 6443

function minorOf(release: string): number {
  return Number(release.slice(2))
}

/** Checks what the user said; throws `usage` with the option that is wrong and what it may be. */
export function readSetupRequest(options: SetupOptions): SetupRequest {
  const { version, minor } = readVersion(options.kubernetesVersion)
  const { endpoint, port } = readEndpoint(options.controlPlaneEndpoint)
  const topology = oneOf('--topology', options.topology ?? 'single', TOPOLOGIES)
  const etcdEndpoints = (options.etcdEndpoints ?? []).map(readEtcdEndpoint)
  if (topology === 'external' && etcdEndpoints.length === 0) {
    throw wrong(
      '--etcd-endpoint',
      'etcd on machines of its own needs their URLs: https://HOST:2379, repeated',
    )
  }
  if (topology !== 'external' && etcdEndpoints.length > 0) {
    throw wrong('--etcd-endpoint', `only --topology external has etcd elsewhere, and this is ${topology}`)
  }
  return {
    version,
    minor,
    endpoint,
    port,
    topology,
    joinBy: oneOf('--join', options.joinBy ?? 'token', JOINS),
    criSocket: readSocket(options.criSocket ?? CONTAINERD),
    advertiseAddress: optional(options.advertiseAddress, readAddress),
    podSubnet: optional(options.podSubnet, (text) => readSubnets('--pod-subnet', text)),
    serviceSubnet: optional(options.serviceSubnet, (text) => readSubnets('--service-subnet', text)),
    imageRepository: optional(options.imageRepository, readRepository),
    etcdEndpoints,
  }
}

function wrong(option: string, message: string): RampartError {
  return new RampartError('usage', `${option}: ${message}`)
}

function optional(text: string | undefined, read: (text: string) => string): string | undefined {
  return text === undefined ? undefined : read(text)
}

function oneOf<T extends string>(option: string, text: string, values: readonly T[]): T {
  const found = values.find((value) => value === text)
  if (found !== undefined) return found
  const [near] = nearestWords(text, values)
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  throw wrong(option, `${JSON.stringify(text)} is none of ${values.join(', ')}${hint}`)
}

function readVersion(text: string): { version: string; minor: number } {
  const option = '--kubernetes-version'
  const found = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text)
  if (found === null) throw wrong(option, `${JSON.stringify(text)} is no version such as v1.36.3`)
  const [, major, minorText = '', patch] = found
  const minor = Number(minorText)
  if (major !== '1' || minor > NEWEST) {
    throw wrong(
      option,
      `${text} is not known: 1.${NEWEST} is the newest minor of Kubernetes as of ${releases.asOf}`,
    )
  }
  if (minor < OLDEST) throw wrong(option, `${text} is too old: this knows 1.${OLDEST} to 1.${NEWEST}`)
  if (patch === undefined) {
    throw wrong(option, `${text} names no patch: images and packages are of a patch, such as v1.${minor}.0`)
  }
  return { version: `v1.${minor}.${Number(patch)}`, minor }
}

/** Source: kubernetes v1.36.3 cmd/kubeadm/app/util/endpoint.go, ParseHostPort. */
function readEndpoint(text: string): { endpoint: string; port: number } {
  const option = '--control-plane-endpoint'
  const found = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/[\]@]+))(?::(\d{1,5}))?$/.exec(text)
  if (found === null) {
    const scheme = text.includes('://') ? ', without https://' : ''
    const bare = ipFamily(text) === 6 ? `; an IPv6 address stands in brackets: [${text}]:${PORT}` : ''
    throw wrong(
      option,
      `${JSON.stringify(text)} is not HOST:PORT such as api.example.org:${PORT}${scheme}${bare}`,
    )
  }
  const [, six, name = '', portText] = found
  const port = portText === undefined ? PORT : Number(portText)
  if (port < 1 || port > 65535) throw wrong(option, `${portText} is no port: 1 to 65535`)
  if (six !== undefined) {
    if (ipFamily(six) !== 6) throw wrong(option, `${six} is no IPv6 address`)
    return { endpoint: `[${six}]:${port}`, port }
  }
  // What looks like an IPv4 address and is none would pass as a name.
  const numeric = /^[\d.]+$/.test(name)
  if (numeric ? ipFamily(name) !== 4 : !isDnsSubdomain(name)) {
    throw wrong(option, `${JSON.stringify(name)} is no ${numeric ? 'IP address' : 'DNS name'}`)
  }
  return { endpoint: `${name}:${port}`, port }
}

/** kubeadm has no plain HTTP for etcd where client certificates are given, and we give them. */
function readEtcdEndpoint(text: string): string {
  const option = '--etcd-endpoint'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' || url.hostname === '' || url.username !== '' || url.pathname !== '/') {
    throw wrong(option, `${JSON.stringify(text)} is no URL such as https://10.0.0.5:2379`)
  }
  return `https://${url.host}`
}

function readSocket(text: string): string {
  const path = text.startsWith('unix://') ? text.slice('unix://'.length) : text
  if (!/^\/[\w./-]+$/.test(path)) {
    throw wrong(
      '--cri-socket',
      `${JSON.stringify(text)} is no socket such as unix:///run/containerd/containerd.sock`,
    )
  }
  return `unix://${path}`
}

function readAddress(text: string): string {
  if (ipFamily(text) === 0 || /^(127\.|::1$|0\.0\.0\.0$|::$)/.test(text)) {
    throw wrong(
      '--advertise-address',
      `${JSON.stringify(text)} is no address at which others reach this machine`,
    )
  }
  return text
}

/** One range, or one of each family with a comma between. */
function readSubnets(option: string, text: string): string {
  const parts = text.split(',')
  const families = parts.map((part) => {
    const [address = '', bits = '', ...more] = part.split('/')
    const family = ipFamily(address)
    const most = family === 6 ? 128 : 32
    if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most) {
      throw wrong(option, `${JSON.stringify(part)} is no range such as 10.244.0.0/16`)
    }
    return family
  })
  if (parts.length > 2 || new Set(families).size !== families.length) {
    throw wrong(option, `${JSON.stringify(text)} is more than one range of each family`)
  }
  return text
}

function readRepository(text: string): string {
  if (!/^[a-z0-9]+([._:/-]+[a-z0-9]+)*$/.test(text)) {
    throw wrong(
      '--image-repository',
      `${JSON.stringify(text)} is no repository such as registry.example.org/k8s`,
    )
  }
  return text
}
