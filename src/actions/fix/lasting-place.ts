import { asString, valueAt, type Edit, type KubeObject } from '../../model/index.js'

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
export const PATCHES = '/etc/kubernetes/patches'

export function byHand(configMap: string, key: string, lines: readonly (string | Edit)[]): string[] {
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

export function hostsOf(edits: readonly Edit[]): string {
  return [...new Set(edits.map(({ host }) => host ?? ''))].sort().join(', ')
}

export function configMapOf(objects: readonly KubeObject[], name: RegExp): KubeObject | undefined {
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

export function documentOf(object: KubeObject | undefined, key: string): string | undefined {
  return asString(valueAt(object?.content, ['data', key]))
}
