import { apiserversOf } from '../../effective/index.js'
import { REDACTED, type Estate, type Host, type HostFile } from '../../model/index.js'
import { wayTo } from '../../model/index.js'

/** What a file of a host is, for checks of its mode; each file is of at most one kind. */
export type FileKind =
  | 'private key'
  | 'encryption configuration'
  | 'kubeconfig'
  | 'kubelet kubeconfig'
  | 'static pod manifest'
  | 'kubelet CA'
  | 'certificate'
  | 'etcd environment'
  | 'snap arguments'
  | 'kubelet unit'
  | 'kubelet configuration'
  | 'audit log'
  | 'CNI configuration'

/** Folders of kinds whose files cannot be told by content; a folder that cannot be listed leaves the kind open. */
const FOLDERS: Partial<Record<FileKind, readonly string[]>> = {
  'static pod manifest': [
    '/etc/kubernetes/manifests',
    '/etc/kubernetes/static-pods',
    '/var/lib/rancher/rke2/agent/pod-manifests',
    '/var/lib/rancher/k3s/agent/pod-manifests',
  ],
  'CNI configuration': [
    '/etc/cni/net.d',
    '/var/lib/rancher/k3s/agent/etc/cni/net.d',
    '/var/lib/rancher/rke2/agent/etc/cni/net.d',
    '/var/snap/microk8s/current/args/cni-network',
  ],
  'snap arguments': ['/var/snap/microk8s/current/args'],
}

/** Folders of keys and certificates of Kubernetes and its etcd. */
export const PKI_FOLDERS: readonly string[] = [
  '/etc/kubernetes/pki',
  '/etc/kubernetes/ssl',
  '/etc/kubernetes/certs',
  '/etc/ssl/etcd/ssl',
  '/etc/srv/kubernetes/pki',
  '/var/lib/kubelet/pki',
  '/var/lib/minikube/certs',
  '/var/lib/rancher/k3s/server/tls',
  '/var/lib/rancher/rke2/server/tls',
  '/var/lib/rancher/k3s/agent',
  '/var/lib/rancher/rke2/agent',
  '/var/snap/microk8s/current/certs',
  '/var/lib/k0s/pki',
  '/system/secrets/kubernetes',
  '/system/secrets/etcd',
]

const KUBELET_KUBECONFIG =
  /^\/(?:etc\/kubernetes\/(?:kubelet\.conf|kubeconfig-kubelet|kubelet\/kubeconfig)|var\/lib\/kubelet\/kubeconfig|var\/lib\/rancher\/\w+\/agent\/kubelet\.kubeconfig|var\/snap\/microk8s\/current\/credentials\/kubelet\.config|var\/lib\/k0s\/kubelet\.conf)$/

const KUBECONFIG =
  /^\/(?:etc\/kubernetes\/[\w-]*(?:admin|controller-manager|scheduler|proxy|bootstrap-kubelet)\.conf|etc\/rancher\/\w+\/(?:k3s|rke2)\.yaml|var\/lib\/rancher\/\w+\/.*\.kubeconfig|var\/lib\/kube-proxy\/kubeconfig\.conf|var\/lib\/kubelet\/bootstrap-kubeconfig|var\/snap\/microk8s\/current\/credentials\/[\w.-]+)$/

const KUBELET_UNIT =
  /^(?:\/(?:etc|run|usr\/lib|usr\/local\/lib|lib)\/systemd\/(?:system|transient)\/(?:kubelet|k3s|k3s-agent|rke2-server|rke2-agent|k0scontroller|k0sworker|snap\.microk8s\.daemon-kubelite)\.service(?:\.env|\.d\/.+)?|\/var\/lib\/kubelet\/kubeadm-flags\.env|\/etc\/(?:default|sysconfig)\/(?:kubelet|rke2-server|rke2-agent)|\/etc\/kubernetes\/kubelet\.env|\/etc\/eks\/kubelet\/environment)$/

const ETCD_ENVIRONMENT =
  /^\/(?:etc\/etcd\.env|etc\/default\/etcd|etc\/etcd\/.+\.(?:conf|ya?ml|env)|var\/lib\/rancher\/\w+\/server\/db\/etcd\/config|(?:etc|usr\/lib|lib)\/systemd\/system\/etcd[\w@-]*\.service(?:\.d\/.+)?)$/

/** Homes are their owners' own. */
const HOME = /^\/(?:root|home)\//

/** Kinds of all files of a host, made once. */
const kinds = new WeakMap<Host, ReadonlyMap<FileKind, readonly HostFile[]>>()

/** The files of one kind that were seen on a host, in the order of their paths. */
export function filesOf(host: Host, estate: Estate, kind: FileKind): readonly HostFile[] {
  let byKind = kinds.get(host)
  if (byKind === undefined) {
    byKind = sortByKind(host, estate)
    kinds.set(host, byKind)
  }
  return byKind.get(kind) ?? []
}

/** Folders of a kind that are there and could not be listed. */
export function unreadFolders(host: Host, kind: FileKind): string[] {
  const folders = FOLDERS[kind] ?? []
  return folders.filter(
    (folder) =>
      host.files.get(folder)?.unreadable !== undefined ||
      host.problems.some(({ code, place }) => code === 'unreadable' && place.file === folder),
  )
}

/** The gravest first: a folder above files of several kinds is told for the first of them. */
const ORDER: readonly FileKind[] = [
  'private key',
  'encryption configuration',
  'kubeconfig',
  'kubelet kubeconfig',
  'static pod manifest',
  'kubelet CA',
  'certificate',
  'etcd environment',
  'snap arguments',
  'kubelet unit',
  'kubelet configuration',
  'audit log',
  'CNI configuration',
]

const folders = new WeakMap<Host, ReadonlyMap<string, FileKind>>()

/** The kind whose check says that others may write a folder. */
export function kindOfFolder(host: Host, estate: Estate, folder: string): FileKind | undefined {
  let byFolder = folders.get(host)
  if (byFolder === undefined) {
    const made = new Map<string, FileKind>()
    for (const each of ORDER) {
      for (const file of filesOf(host, estate, each)) {
        for (const { path } of wayTo(host, file.path).folders) if (!made.has(path)) made.set(path, each)
      }
    }
    byFolder = made
    folders.set(host, byFolder)
  }
  return byFolder.get(folder)
}

function sortByKind(host: Host, estate: Estate): ReadonlyMap<FileKind, readonly HostFile[]> {
  const named = namedByFlags(host, estate)
  const byKind = new Map<FileKind, HostFile[]>()
  const ends = new Set<string>()
  for (const file of host.files.values()) {
    if (file.type === 'directory') continue
    const kind = named.get(file.path) ?? kindOf(file)
    if (kind === undefined) continue
    // A link and what it points at are one file.
    const { end } = wayTo(host, file.path)
    if (ends.has(end.path)) continue
    ends.add(end.path)
    const list = byKind.get(kind)
    if (list === undefined) byKind.set(kind, [file])
    else list.push(file)
  }
  return byKind
}

/** Files whose meaning is in the flag that names them. */
function namedByFlags(host: Host, estate: Estate): Map<string, FileKind> {
  const named = new Map<string, FileKind>()
  const put = (path: string | undefined, kind: FileKind): void => {
    if (path !== undefined && path.startsWith('/') && !named.has(path)) named.set(path, kind)
  }
  for (const command of host.commands) {
    if (command.component !== 'kubelet') continue
    put(flagOf(command.args, 'kubeconfig'), 'kubelet kubeconfig')
    put(flagOf(command.args, 'bootstrap-kubeconfig'), 'kubeconfig')
    put(flagOf(command.args, 'config'), 'kubelet configuration')
    put(flagOf(command.args, 'client-ca-file'), 'kubelet CA')
    for (const { file } of command.args) if (command.source === 'unit') put(file, 'kubelet unit')
  }
  for (const file of host.files.values()) put(clientCaOf(file), 'kubelet CA')
  const log = auditLogs(estate).get(host.name)
  if (log !== undefined) put(log, 'audit log')
  return named
}

function flagOf(args: Host['commands'][number]['args'], name: string): string | undefined {
  const at = args.findLastIndex(({ value }) => value === `--${name}` || value.startsWith(`--${name}=`))
  const word = args[at]?.value
  return word === undefined
    ? undefined
    : word.includes('=')
      ? word.slice(name.length + 3)
      : args[at + 1]?.value
}

/** `clientCAFile` of a kubelet configuration, in YAML or JSON. */
function clientCaOf({ text }: HostFile): string | undefined {
  if (text === undefined || !isKind(text, 'KubeletConfiguration')) return undefined
  return /["']?clientCAFile["']?\s{0,5}:\s{0,5}["']?(\/[^\s"',}]{1,1000})/.exec(text)?.[1]
}

const logs = new WeakMap<Estate, ReadonlyMap<string, string>>()

/** Where the API server of each host writes its audit log, as a path of the host. */
function auditLogs(estate: Estate): ReadonlyMap<string, string> {
  let byHost = logs.get(estate)
  if (byHost === undefined) {
    byHost = new Map(
      apiserversOf(estate).flatMap((apiserver) => {
        const path = apiserver.string('audit-log-path')
        const file = path.known && path.value.startsWith('/') ? apiserver.file?.(path.value) : undefined
        return file === undefined ? [] : [[apiserver.host, file.path] as const]
      }),
    )
    logs.set(estate, byHost)
  }
  return byHost
}

/** Whether a text is a document of a kind, in YAML or JSON. */
export function isKind(text: string, kind: string): boolean {
  return new RegExp(`^[\\s{,]*["']?kind["']?\\s{0,5}:\\s{0,5}["']?${kind}["']?\\s*[,}]?`, 'm').test(text)
}

function kindOf(file: HostFile): FileKind | undefined {
  const { path, text } = file
  if (HOME.test(path)) return undefined
  const folder = path.slice(0, path.lastIndexOf('/'))
  const pki = PKI_FOLDERS.some((each) => folder === each || folder.startsWith(`${each}/`))
  if (pki && isPrivateKey(file)) return 'private key'
  // The kubelet passes over names that begin with a dot.
  if (FOLDERS['static pod manifest']?.includes(folder) === true)
    return path.startsWith('.', folder.length + 1) ? undefined : 'static pod manifest'
  if (text !== undefined && isKind(text, 'EncryptionConfiguration')) return 'encryption configuration'
  if (/\/server\/cred\/encryption-[\w-]+\.json$/.test(path)) return 'encryption configuration'
  // The name says nothing: /etc/kubernetes/kubelet.conf of OpenShift is a configuration, that of kubeadm a kubeconfig.
  if (text !== undefined && isKind(text, 'KubeletConfiguration')) return 'kubelet configuration'
  if (KUBELET_KUBECONFIG.test(path)) return 'kubelet kubeconfig'
  if (KUBECONFIG.test(path) || (text !== undefined && isKubeconfig(text))) return 'kubeconfig'
  if (FOLDERS['CNI configuration']?.includes(folder) === true) return 'CNI configuration'
  if (pki && (text?.includes('-----BEGIN CERTIFICATE-----') === true || /\.(?:crt|pem)$/.test(path)))
    return 'certificate'
  if (FOLDERS['snap arguments']?.includes(folder) === true) return 'snap arguments'
  if (KUBELET_UNIT.test(path)) return 'kubelet unit'
  if (ETCD_ENVIRONMENT.test(path)) return 'etcd environment'
  return undefined
}

function isKubeconfig(text: string): boolean {
  return (
    isKind(text, 'Config') && /["']?clusters["']?\s{0,5}:/.test(text) && /["']?users["']?\s{0,5}:/.test(text)
  )
}

function isPrivateKey({ path, publicKeys }: HostFile): boolean {
  return publicKeys !== undefined || /(?:\.key|[-_.]key\.pem)$/.test(path)
}

/** Whether a file holds a credential: reading hosts puts a mark in the place of each. What was not read may hold one. */
export function holdsCredential({ text, publicKeys }: HostFile): boolean {
  return publicKeys !== undefined || text === undefined || text.includes(REDACTED)
}
