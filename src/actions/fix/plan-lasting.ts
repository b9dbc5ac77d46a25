import {
  asList,
  asObject,
  asString,
  field,
  valueAt,
  type Edit,
  type Host,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { readGoDocument, docValue } from '../../text/index.js'
import { applyEdits } from '../edit/index.js'

/** What is changed on hosts, and what of the cluster was read. */
export interface LastingInput {
  readonly hosts: readonly Pick<Host, 'name' | 'distribution'>[]
  readonly edits: readonly Edit[]
  /** Objects of the cluster; its two ConfigMaps of kubeadm are looked for among them. */
  readonly objects: readonly KubeObject[]
}

/** A ConfigMap from which kubeadm writes files of hosts again, changed as these were. */
export interface LastingChange {
  readonly configMap: 'kubelet-config' | 'kubeadm-config'
  /** The key of `data` that holds the document. */
  readonly key: 'kubelet' | 'ClusterConfiguration'
  /** What is written again, and when; one sentence each. */
  readonly rewritten: readonly string[]
  /** The ConfigMap where it was read. */
  readonly object?: KubeObject
  /** The document after the change; absent where it was not read or already says so. */
  readonly after?: string
  /** What the document cannot say, one sentence each. */
  readonly left: readonly string[]
  /** The change by hand: commands, each on a line of its own. */
  readonly commands: readonly string[]
  /** The same for one host, in a folder that `kubeadm upgrade --patches` is given. */
  readonly patches: readonly { readonly file: string; readonly text: string }[]
}

/** A folder for patches that kubeadm is given by name; it reads none by itself. */
const PATCHES = '/etc/kubernetes/patches'

/** The flags that kubeadm gives an API server itself: without an entry of `extraArgs` they come back. Source: kubernetes v1.36.3 cmd/kubeadm/app/phases/controlplane/manifests.go, getAPIServerCommand. */
const OWN_FLAGS: ReadonlySet<string> = new Set([
  'advertise-address',
  'allow-privileged',
  'authorization-mode',
  'client-ca-file',
  'enable-admission-plugins',
  'enable-bootstrap-token-auth',
  'etcd-cafile',
  'etcd-certfile',
  'etcd-keyfile',
  'etcd-servers',
  'kubelet-client-certificate',
  'kubelet-client-key',
  'kubelet-preferred-address-types',
  'proxy-client-cert-file',
  'proxy-client-key-file',
  'requestheader-allowed-names',
  'requestheader-client-ca-file',
  'requestheader-extra-headers-prefix',
  'requestheader-group-headers',
  'requestheader-username-headers',
  'secure-port',
  'service-account-issuer',
  'service-account-key-file',
  'service-account-signing-key-file',
  'service-cluster-ip-range',
  'tls-cert-file',
  'tls-private-key-file',
])

/**
 * Where the changes of kubeadm's hosts have to stand to outlast its next upgrade.
 * Source: kubernetes v1.36.3 cmd/kubeadm/app/phases/upgrade/{staticpods,postupgrade}.go: manifests are made from
 * ClusterConfiguration, the kubelet's configuration from ConfigMap kubelet-config; kubeadm-flags.env stays as it is.
 */
export function lastingChanges(input: LastingInput): LastingChange[] {
  const ofKubeadm = new Set(
    input.hosts.filter(({ distribution }) => distribution === 'kubeadm').map(({ name }) => name),
  )
  const edits = input.edits.filter(({ host }) => host !== undefined && ofKubeadm.has(host))
  return [...kubeletChange(edits, input.objects), ...clusterChange(edits, input.objects)]
}

const KUBELET_FILE = '/var/lib/kubelet/config.yaml'

function kubeletChange(edits: readonly Edit[], objects: readonly KubeObject[]): LastingChange[] {
  const own = edits.filter(({ file, op }) => file === KUBELET_FILE && (op === 'set' || op === 'remove'))
  if (own.length === 0) return []
  const object = configMapOf(objects, /^kubelet-config(?:-1\.\d{1,3})?$/)
  const key = 'kubelet'
  const said = own.map((edit): Edit => ({ file: key, op: edit.op, path: edit.path, ...valueOf(edit) }))
  const document = documentOf(object, key)
  const edited = document === undefined ? undefined : applyEdits(document, needed(document, said))
  return [
    {
      configMap: 'kubelet-config',
      key,
      rewritten: [
        `\`kubeadm upgrade apply\` and \`kubeadm upgrade node\` write ${KUBELET_FILE} of ${hostsOf(own)} again, from ConfigMap kube-system/${object?.ref.name ?? 'kubelet-config'}; nodes that join get theirs from there too.`,
      ],
      ...(object === undefined ? {} : { object }),
      ...(edited === undefined || edited.text === document ? {} : { after: edited.text }),
      left: (edited?.refused ?? []).map(
        ({ edit, reason }) => `\`${edit.path.join('.')}\` could not be changed there: ${reason}.`,
      ),
      commands: byHand(object?.ref.name ?? 'kubelet-config', key, said),
      patches: [{ file: `${PATCHES}/kubeletconfiguration+strategic.yaml`, text: patchOf(said) }],
    },
  ]
}

/** Edits that would change something: a value that is there already, or gone already, is none. */
function needed(document: string, edits: readonly Edit[]): Edit[] {
  const root = readGoDocument(document).root
  const content = root === undefined ? undefined : docValue(root)
  return edits.filter(({ op, path, value }) => {
    const now = valueAt(content, path)
    return op === 'remove' ? now !== undefined : JSON.stringify(now) !== JSON.stringify(value)
  })
}

const MANIFEST =
  /^\/etc\/kubernetes\/manifests\/(kube-apiserver|kube-controller-manager|kube-scheduler|etcd)\.yaml$/

/** Where ClusterConfiguration keeps what a component is given. */
const SECTIONS: Readonly<Record<string, JsonPath>> = {
  'kube-apiserver': ['apiServer'],
  'kube-controller-manager': ['controllerManager'],
  'kube-scheduler': ['scheduler'],
  etcd: ['etcd', 'local'],
}

function clusterChange(edits: readonly Edit[], objects: readonly KubeObject[]): LastingChange[] {
  const own = edits.filter(({ file }) => MANIFEST.test(file))
  if (own.length === 0) return []
  const object = configMapOf(objects, /^kubeadm-config$/)
  const key = 'ClusterConfiguration'
  const document = documentOf(object, key)
  const root = document === undefined ? undefined : readGoDocument(document).root
  const content = asObject(root === undefined ? undefined : docValue(root))
  const asMap = /\/v1beta[123]$/.test(asString(content.apiVersion) ?? '')
  const wishes = wishesOf(own)
  let text = document ?? ''
  const left: string[] = []
  for (const wish of wishes) {
    const { edit, why } = editOf(text, wish, asMap)
    if (why !== undefined) left.push(why)
    if (edit === undefined || document === undefined) continue
    const { text: next, refused } = applyEdits(text, [edit])
    left.push(...refused.map(({ reason }) => `${wishWords(wish)} could not be changed there: ${reason}.`))
    text = next
  }
  const files = edits.filter(({ op }) => op === 'create').map(({ file }) => file)
  if (files.length > 0)
    left.push(
      `${[...new Set(files)].join(', ')} ${new Set(files).size === 1 ? 'has' : 'have'} to be on every host of the control plane before its \`kubeadm upgrade\`: kubeadm copies no such file.`,
    )
  const manifests = [...new Set(own.map(({ file }) => file))]
  return [
    {
      configMap: 'kubeadm-config',
      key,
      rewritten: manifests.map(
        (file) =>
          `\`kubeadm upgrade apply\` and \`kubeadm upgrade node\` write ${file} of ${hostsOf(own.filter((edit) => edit.file === file))} again, from ClusterConfiguration in ConfigMap kube-system/kubeadm-config.`,
      ),
      ...(object === undefined ? {} : { object }),
      ...(document === undefined || text === document ? {} : { after: text }),
      left,
      commands: byHand(
        'kubeadm-config',
        key,
        wishes.map((wish) => lineOf(wish, asMap)),
      ),
      patches: [],
    },
  ]
}

/** One thing that a component is to be given, or not. */
type Wish =
  | {
      readonly kind: 'flag'
      readonly component: string
      readonly name: string
      readonly value: string | undefined
    }
  | { readonly kind: 'volume'; readonly component: string; readonly volume: JsonObject }
  | { readonly kind: 'other'; readonly component: string; readonly path: JsonPath }

/** What the edits of manifests are about; the same on several hosts is one. */
function wishesOf(edits: readonly Edit[]): Wish[] {
  const wishes = edits.flatMap((edit): Wish[] => {
    const component = MANIFEST.exec(edit.file)?.[1] ?? ''
    if (edit.op === 'setFlag' || edit.op === 'removeFlag') {
      const name = String(edit.path.at(-1)).replace(/^-+/, '').replaceAll('_', '-')
      const value =
        edit.op === 'setFlag' ? (asString(edit.value) ?? JSON.stringify(edit.value ?? '')) : undefined
      return [{ kind: 'flag', component, name, value }]
    }
    if (edit.op === 'append' && edit.path.at(-1) === 'volumes') {
      const volume = volumeOf(edit, edits)
      return volume === undefined ? [] : [{ kind: 'volume', component, volume }]
    }
    const isMount = edit.op === 'append' && edit.path.at(-1) === 'volumeMounts'
    // The mark that has the kubelet start a pod anew is of no use after that.
    const isMark = edit.path[1] === 'annotations'
    return isMount || isMark ? [] : [{ kind: 'other', component, path: edit.path }]
  })
  const seen = new Map(wishes.map((wish) => [JSON.stringify(wish), wish]))
  return [...seen.values()]
}

/** A volume with its mount as `extraVolumes` has them. */
function volumeOf(edit: Edit, edits: readonly Edit[]): JsonObject | undefined {
  const name = field(edit.value, 'name')
  const mount = edits.find(
    (each) =>
      each.file === edit.file &&
      each.op === 'append' &&
      each.path.at(-1) === 'volumeMounts' &&
      field(each.value, 'name') === name,
  )?.value
  const hostPath = asString(valueAt(edit.value, ['hostPath', 'path']))
  const mountPath = asString(field(mount, 'mountPath'))
  const pathType = asString(valueAt(edit.value, ['hostPath', 'type']))
  if (typeof name !== 'string' || hostPath === undefined || mountPath === undefined) return undefined
  return {
    name,
    hostPath,
    mountPath,
    ...(field(mount, 'readOnly') === true ? { readOnly: true } : {}),
    ...(pathType === undefined ? {} : { pathType }),
  }
}

/** The edit of ClusterConfiguration that a wish takes; without one it says so already, or `why` it cannot. */
function editOf(
  document: string,
  wish: Wish,
  asMap: boolean,
): { readonly edit?: Edit; readonly why?: string } {
  const root = readGoDocument(document).root
  const content = root === undefined ? undefined : docValue(root)
  const section = SECTIONS[wish.component] ?? []
  const edit = (op: Edit['op'], path: JsonPath, value?: JsonValue): Edit => ({
    file: 'ClusterConfiguration',
    op,
    path,
    ...(value === undefined ? {} : { value }),
  })
  if (wish.kind === 'other')
    return {
      why: `ClusterConfiguration cannot say \`${wish.path.join('.')}\` of ${wish.component}: put it into ${PATCHES}/${wish.component}+strategic.yaml, and give every \`kubeadm upgrade\` \`--patches ${PATCHES}\`.`,
    }
  if (wish.kind === 'volume') {
    const list = [...section, 'extraVolumes']
    const at = asList(valueAt(content, list)).findIndex(
      (each) =>
        field(each, 'mountPath') === wish.volume.mountPath || field(each, 'name') === wish.volume.name,
    )
    return at < 0 ? { edit: edit('append', list, wish.volume) } : {}
  }
  const args = [...section, 'extraArgs']
  const { name, value } = wish
  const index = asList(valueAt(content, args)).findLastIndex((each) => field(each, 'name') === name)
  const now = asMap ? valueAt(content, [...args, name]) : valueAt(content, [...args, index, 'value'])
  if (value !== undefined) {
    if (now === value) return {}
    if (asMap) return { edit: edit('set', [...args, name], value) }
    return {
      edit: index < 0 ? edit('append', args, { name, value }) : edit('set', [...args, index, 'value'], value),
    }
  }
  if (now !== undefined) return { edit: edit('remove', [...args, asMap ? name : index]) }
  return wish.component === 'kube-apiserver' && OWN_FLAGS.has(name)
    ? { why: `kubeadm gives ${wish.component} \`--${name}\` itself, and no entry of extraArgs takes it out.` }
    : {}
}

function wishWords(wish: Wish): string {
  if (wish.kind === 'flag') return `\`--${wish.name}\` of ${wish.component}`
  return wish.kind === 'volume'
    ? `the volume of ${wish.component}`
    : `\`${wish.path.join('.')}\` of ${wish.component}`
}

/** A wish as the line that a reader writes. */
function lineOf(wish: Wish, asMap: boolean): string {
  const section = (SECTIONS[wish.component] ?? []).join('.')
  if (wish.kind === 'volume') return `${section}.extraVolumes: add ${JSON.stringify(wish.volume)}`
  if (wish.kind === 'other') return `${section}: ${wish.path.join('.')} (only by a patch)`
  if (wish.value === undefined) return `${section}.extraArgs: take ${wish.name} out`
  const entry = asMap ? { [wish.name]: wish.value } : { name: wish.name, value: wish.value }
  return `${section}.extraArgs: ${JSON.stringify(entry)}`
}

function byHand(configMap: string, key: string, lines: readonly (string | Edit)[]): string[] {
  const words = lines.map((line) =>
    typeof line === 'string'
      ? line
      : `${line.op === 'remove' ? 'take out ' : ''}${line.path.join('.')}${line.op === 'set' ? `: ${JSON.stringify(line.value)}` : ''}`,
  )
  return [
    `kubectl -n kube-system edit configmap ${configMap}`,
    ...words.map((line) => `#   in ${key}: ${line}`),
  ]
}

/** A strategic patch of a KubeletConfiguration: nested keys of the values alone. */
function patchOf(edits: readonly Edit[]): string {
  const blank = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n'
  const gone = edits.map((edit): Edit => (edit.op === 'remove' ? { ...edit, op: 'set', value: null } : edit))
  return applyEdits(blank, gone).text
}

function valueOf({ value }: Edit): { readonly value?: JsonValue } {
  return value === undefined ? {} : { value }
}

function hostsOf(edits: readonly Edit[]): string {
  return [...new Set(edits.map(({ host }) => host ?? ''))].sort().join(', ')
}

function configMapOf(objects: readonly KubeObject[], name: RegExp): KubeObject | undefined {
  return objects
    .filter(
      ({ ref }) =>
        ref.kind === 'ConfigMap' &&
        ref.group === '' &&
        ref.namespace === 'kube-system' &&
        name.test(ref.name),
    )
    .sort((a, b) => (a.ref.name < b.ref.name ? -1 : 1))[0]
}

function documentOf(object: KubeObject | undefined, key: string): string | undefined {
  return asString(valueAt(object?.content, ['data', key]))
}
