import { posix } from 'node:path'
import type { Severity } from '../../model/index.js'

/** What a folder, file or socket of the node gives to a pod that reaches it. */
export interface HostPathDanger {
  readonly kind: 'socket' | 'system'
  readonly severity: Severity
  /** Reading is enough: it holds credentials. */
  readonly secret: boolean
  /** What stands there, as the object of "holds" or "is". */
  readonly what: string
}

/** The same on every machine of its kind, and no secret: times, names, certificates that everybody trusts. */
const PUBLIC =
  /^\/(?:etc\/(?:localtime|timezone|os-release|lsb-release|machine-id|hostname|hosts|resolv\.conf|nsswitch\.conf|passwd|group|ssl\/certs|ca-certificates|pki\/(?:ca-trust|tls\/certs))|usr\/(?:local\/)?share\/(?:zoneinfo|ca-certificates)|usr\/lib\/os-release)(?:\/|$)/

/** Whether a path of the node holds nothing but public files; writing there is another matter. */
export function isPublicPath(path: string): boolean {
  return PUBLIC.test(posix.normalize(path))
}

/** Where container runtimes listen; their own defaults and those of k3s, k0s, microk8s and Bottlerocket. */
const SOCKETS = [
  '/run/docker.sock',
  '/run/docker/containerd/containerd.sock',
  '/run/containerd/containerd.sock',
  '/run/host-containerd/containerd.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/k0s/containerd.sock',
  '/run/crio/crio.sock',
  '/run/podman/podman.sock',
  '/run/dockershim.sock',
  '/run/cri-dockerd.sock',
  '/run/buildkit/buildkitd.sock',
  '/var/snap/microk8s/common/run/containerd.sock',
]

/** Wherever it stands: a rootless daemon's, one in a folder of somebody's own. */
const SOCKET_NAME =
  /\/(?:docker|containerd|crio|podman|dockershim|cri-dockerd|buildkitd)\.sock(?:\.ttrpc)?$|^\\\\\.\\pipe\\(?:docker_engine|containerd-containerd)$/i

interface Place {
  readonly path: string
  readonly severity: 'critical' | 'high'
  /** For what lies in it; the same where it is left out. */
  readonly inside?: 'high' | 'none'
  readonly secret?: true
  readonly what: string
}

const critical = (path: string, what: string, more: Partial<Place> = {}): Place => ({
  path,
  severity: 'critical',
  what,
  ...more,
})
const secret = (path: string, what: string): Place => critical(path, what, { secret: true })
const high = (path: string, what: string, more: Partial<Place> = {}): Place => ({
  path,
  severity: 'high',
  what,
  ...more,
})

const CONTROL_PLANE = 'credentials and data of the cluster'

/** Places of a node by what they give; where several fit, the narrowest counts. */
const PLACES: readonly Place[] = [
  critical('/etc', 'the settings of the node, its users and its services'),
  critical('/proc', 'the processes of the node and switches of its kernel'),
  critical('/dev', 'the disks and memory of the node', { inside: 'high' }),
  critical('/boot', 'the kernel that the node starts next'),
  secret('/root', 'the home of root'),
  secret('/etc/shadow', 'the password hashes of the node'),
  secret('/etc/ssh', 'the keys of the SSH server'),
  secret('/etc/ssl/private', 'private keys of the node'),
  secret('/etc/ssl/etcd', 'certificates and keys of etcd'),
  secret('/etc/kubernetes', 'credentials of the kubelet and, on a control plane, of the whole cluster'),
  secret('/etc/srv/kubernetes', 'credentials of the kubelet'),
  secret('/etc/rancher', CONTROL_PLANE),
  secret('/var/lib/kubelet', 'tokens and Secrets of every pod of the node'),
  secret('/var/lib/etcd', 'every object of the cluster, Secrets among them'),
  secret('/var/lib/rancher', CONTROL_PLANE),
  secret('/var/lib/k0s', CONTROL_PLANE),
  secret('/var/lib/minikube', CONTROL_PLANE),
  secret('/var/snap/microk8s', CONTROL_PLANE),
  secret('/system/secrets', CONTROL_PLANE),
  // Sockets and folders of the kubelet through which plug-ins register; volumes that provisioners keep there.
  high('/var/lib/kubelet/device-plugins', 'the sockets through which devices are given to pods'),
  high('/var/lib/kubelet/pod-resources', 'a socket that names the devices of every pod'),
  high('/var/lib/kubelet/plugins_registry', 'the folder in which plug-ins of the kubelet register'),
  high('/var/lib/rancher/k3s/storage', '', { inside: 'none' }),
  high('/var/snap/microk8s/common/default-storage', '', { inside: 'none' }),
  high('/var/log', 'a folder through whose links the kubelet reads any file of the node'),
  high('/var/lib/docker', 'the files of every container of the node'),
  high('/var/lib/containerd', 'the files of every container of the node'),
  high('/var/lib/waagent', 'credentials of the machine in the cloud', { secret: true }),
  high('/var/lib/cloud', 'what the cloud gave the machine at its start, often with credentials', {
    secret: true,
  }),
  high('/var/spool/cron', 'jobs that run as their owners'),
  high('/sys', 'switches of the kernel and of devices'),
  high('/lib', 'programs and modules that root loads'),
  high('/lib64', 'programs that root loads'),
  high('/bin', 'programs that root runs'),
  high('/sbin', 'programs that root runs'),
  high('/usr', 'programs that root runs'),
  high('/run', 'sockets and state of the services of the node'),
  high('/opt/cni', 'programs that the runtime runs as root for every pod'),
  high('/home', 'the homes of users, with their keys'),
]

/**
 * What a path of the node gives, read as the runtime reads it (`/etc/../` cleaned, `/var/run` is `/run`): the place
 * itself, a part of it, or a folder above it. Undefined for folders that are nobody's in particular.
 */
export function dangerOf(hostPath: string): HostPathDanger | undefined {
  if (/^[a-z]:|^\\\\/i.test(hostPath)) return windowsDanger(hostPath)
  const path = posix
    .resolve('/', hostPath)
    .replace(/^\/var\/run(?=\/|$)/, '/run')
    .replace(/(?<=.)\/$/, '')
  if (path === '/') return system('critical', true, 'the whole node')
  if (SOCKET_NAME.test(path)) return SOCKET
  const under = `${path}/`
  if (path !== '/var' && SOCKETS.some((socket) => socket.startsWith(under))) {
    // Folders of a distribution that hold its credentials too are named for these.
    if (
      !PLACES.some((place) => place.secret === true && (place.path === path || place.path.startsWith(under)))
    )
      return SOCKET
  }
  const around = PLACES.filter((place) => path === place.path || path.startsWith(`${place.path}/`))
  const below = PLACES.filter((place) => place.what !== '' && place.path.startsWith(under))
  const narrowest = around.reduce<Place | undefined>(
    (best, place) => (best === undefined || place.path.length > best.path.length ? place : best),
    undefined,
  )
  const level = narrowest === undefined ? 'none' : severityAt(narrowest, path)
  const worst = below.find((place) => place.secret && place.severity === 'critical') ?? below[0]
  if (narrowest !== undefined && level !== 'none' && (worst === undefined || level === 'critical')) {
    const secrets = narrowest.secret === true || below.some((place) => place.secret)
    return system(level, secrets, narrowest.what)
  }
  return worst === undefined ? undefined : system(worst.severity, worst.secret === true, worst.what)
}

function severityAt(place: Place, path: string): 'critical' | 'high' | 'none' {
  if (place.inside === 'none') return 'none'
  return path === place.path ? place.severity : (place.inside ?? place.severity)
}

const SOCKET: HostPathDanger = {
  kind: 'socket',
  severity: 'critical',
  secret: true,
  what: 'the socket of the container runtime',
}

function system(severity: Severity, secrets: boolean, what: string): HostPathDanger {
  return { kind: 'system', severity, secret: secrets, what }
}

function windowsDanger(hostPath: string): HostPathDanger | undefined {
  if (SOCKET_NAME.test(hostPath)) return SOCKET
  const path = hostPath.replaceAll('/', '\\').replace(/\\+$/, '').toLowerCase()
  if (/^[a-z]:$/.test(path)) return system('critical', true, 'the whole node')
  return /^[a-z]:\\(?:windows|programdata|etc\\kubernetes|var\\lib\\kubelet|k)(?:\\|$)/.test(path)
    ? system('critical', true, 'programs, settings and credentials of the node')
    : undefined
}
