import {
  asList,
  asObject,
  asString,
  field,
  valueAt,
  type Edit,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  type KubeObject,
} from '../../model/index.js'
import { KUBEADM_SECTIONS } from '../../kube/index.js'
import { docValue, readGoDocument } from '../../text/index.js'
import { applyEdits } from '../edit/index.js'
import { byHand, configMapOf, documentOf, hostsOf, PATCHES, type LastingChange } from './lasting-place.js'
import { patchFile, staticPodPatch } from './plan-static-pod-patch.js'

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

const MANIFEST =
  /^\/etc\/kubernetes\/manifests\/(kube-apiserver|kube-controller-manager|kube-scheduler|etcd)\.yaml$/

const SECTIONS: Readonly<Record<string, JsonPath>> = KUBEADM_SECTIONS

/** What edits of static pod manifests are in ClusterConfiguration. */
export function clusterChange(edits: readonly Edit[], objects: readonly KubeObject[]): LastingChange[] {
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
      patches: patchesOf(wishes),
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
  | { readonly kind: 'other'; readonly component: string; readonly path: JsonPath; readonly edit: Edit }

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
    return isMount || isMark ? [] : [{ kind: 'other', component, path: edit.path, edit }]
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
      why: `ClusterConfiguration cannot say \`${wish.path.join('.')}\` of ${wish.component}: put it into ${patchFile(wish.component)}, and give every \`kubeadm upgrade\` \`--patches ${PATCHES}\`.`,
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

/**
 * What only a patch can say, as kubeadm's strategic patches of its static pods. Flags are never among them: a patch of
 * \`command\` would replace the list, and by index would mean another flag after the next upgrade.
 */
function patchesOf(wishes: readonly Wish[]): LastingChange['patches'] {
  const others = wishes.filter((wish) => wish.kind === 'other')
  return [...new Set(others.map(({ component }) => component))].flatMap((component) => {
    const edits = others.filter((wish) => wish.component === component).map(({ edit }) => edit)
    const text = staticPodPatch(component, edits)
    return text === undefined ? [] : [{ file: patchFile(component), text }]
  })
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
