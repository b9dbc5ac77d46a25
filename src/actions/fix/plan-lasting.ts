import { valueAt, type Edit, type Host, type JsonValue, type KubeObject } from '../../model/index.js'
import { readGoDocument, docValue } from '../../text/index.js'
import { applyEdits } from '../edit/index.js'
import { byHand, configMapOf, documentOf, hostsOf, PATCHES, type LastingChange } from './lasting-place.js'
import { clusterChange } from './plan-cluster-configuration.js'

/** What is changed on hosts, and what of the cluster was read. */
export interface LastingInput {
  readonly hosts: readonly Pick<Host, 'name' | 'distribution'>[]
  readonly edits: readonly Edit[]
  /** Objects of the cluster; its two ConfigMaps of kubeadm are looked for among them. */
  readonly objects: readonly KubeObject[]
}

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

/** A strategic patch of a KubeletConfiguration: nested keys of the values alone. */
function patchOf(edits: readonly Edit[]): string {
  const blank = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n'
  const gone = edits.map((edit): Edit => (edit.op === 'remove' ? { ...edit, op: 'set', value: null } : edit))
  return applyEdits(blank, gone).text
}

function valueOf({ value }: Edit): { readonly value?: JsonValue } {
  return value === undefined ? {} : { value }
}
