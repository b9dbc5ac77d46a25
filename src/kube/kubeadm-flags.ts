import data from '../../data/kubeadm-flags.json' with { type: 'json' }
import {
  asObject,
  asString,
  field,
  isObject,
  valueAt,
  type JsonPath,
  type JsonValue,
} from '../model/index.js'

/** Components whose flags kubeadm writes. */
export type KubeadmComponent = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd'

/** Where ClusterConfiguration keeps what a component is given. */
export const KUBEADM_SECTIONS: Readonly<Record<KubeadmComponent, JsonPath>> = {
  'kube-apiserver': ['apiServer'],
  'kube-controller-manager': ['controllerManager'],
  'kube-scheduler': ['scheduler'],
  etcd: ['etcd', 'local'],
}

/** A flag as kubeadm would write it into a manifest. */
export interface KubeadmFlag {
  readonly name: string
  readonly value: string
  /** Where ClusterConfiguration says it; of what kubeadm says itself, where it would be said otherwise. */
  readonly path: JsonPath
  /** kubeadm gives it without being told. */
  readonly own: boolean
}

/** The flags that are known, and the place of what kubeadm could not read. */
export interface KubeadmFlags {
  readonly flags: readonly KubeadmFlag[]
  readonly unreadable?: JsonPath
}

/** Entries of `extraArgs`: a map until v1beta3, a list of names and values from v1beta4 on, with ways to merge in v1. */
interface ExtraArg {
  readonly name: string
  readonly value: string
  readonly merge: string
  readonly path: JsonPath
}

/**
 * The flags that kubeadm would give a component, from ClusterConfiguration and its own of that minor version (36 for
 * 1.36): the latter are not known without a version that is known. What the node decides (its addresses, its name) is
 * not in it, nor what a folder of patches changes.
 * Source: kubernetes v1.31.14 to v1.37.2 cmd/kubeadm/app/phases/controlplane/manifests.go, phases/etcd/local.go and
 * util/arguments.go, ArgumentsToCommand.
 */
export function kubeadmFlags(
  component: KubeadmComponent,
  configuration: JsonValue,
  minor: number | undefined,
): KubeadmFlags {
  const section = KUBEADM_SECTIONS[component]
  const { extra, unreadable } = extraArgsOf(configuration, [...section, 'extraArgs'])
  const own = new Map(ownFlags(component, configuration, minor, extra))
  const flags: KubeadmFlag[] = []
  for (const [name, value] of own) {
    // Of several entries that merge, the last counts.
    const entry = extra.findLast((each) => each.name === name)
    if (entry === undefined) flags.push({ name, value, path: section, own: true })
    else if (entry.merge === 'append')
      flags.push({ name, value: value + entry.value, path: entry.path, own: false })
    else if (entry.merge === 'prepend')
      flags.push({ name, value: entry.value + value, path: entry.path, own: false })
  }
  for (const { name, value, merge, path } of extra)
    if (merge === '') flags.push({ name, value, path, own: false })
  return { flags, ...(unreadable === undefined ? {} : { unreadable }) }
}

function extraArgsOf(
  configuration: JsonValue,
  at: JsonPath,
): { readonly extra: readonly ExtraArg[]; readonly unreadable?: JsonPath } {
  const value = valueAt(configuration, at)
  if (value === undefined || value === null) return { extra: [] }
  const entries = Array.isArray(value)
    ? value.map((each, index) => ({
        name: asString(field(each, 'name')),
        value: field(each, 'value') === undefined ? '' : asString(field(each, 'value')),
        merge: asString(field(each, 'mergeMethod')) ?? '',
        path: [...at, index],
      }))
    : Object.entries(asObject(value)).map(([name, word]) => ({
        name,
        value: asString(word),
        merge: '',
        path: [...at, name],
      }))
  const wrong = entries.find((each) => each.name === undefined || each.value === undefined)
  const unreadable = Array.isArray(value) || isObject(value) ? wrong?.path : at
  return {
    extra: entries.flatMap((each) =>
      each.name === undefined || each.value === undefined
        ? []
        : [{ ...each, name: each.name, value: each.value }],
    ),
    ...(unreadable === undefined ? {} : { unreadable }),
  }
}

function ownFlags(
  component: KubeadmComponent,
  configuration: JsonValue,
  minor: number | undefined,
  extra: readonly ExtraArg[],
): [name: string, value: string][] {
  const base = baseFlags(component, minor)
  if (base === undefined) return []
  const own = Object.entries(base).flatMap(([name, template]): [string, string][] => {
    const value = typeof template !== 'string' ? undefined : filled(template, configuration)
    return value === undefined ? [] : [[name, value]]
  })
  if (component === 'kube-apiserver') own.push(...ofEtcd(configuration), ...ofAuthorization(extra))
  if (component !== 'kube-controller-manager') return own
  // Whether the key of the cluster's authority is on the node decides about these two.
  const signing = /^cluster-signing-(?:cert|key)-file$/
  return [...own.filter(([name]) => !signing.test(name)), ...ofNetwork(configuration)]
}

type Templates = Readonly<Record<string, string | null | undefined>>

function baseFlags(component: KubeadmComponent, minor: number | undefined): Templates | undefined {
  const releases: readonly {
    readonly minor: string
    readonly flags?: Record<KubeadmComponent, Templates>
  }[] = data.releases
  const at = releases.findIndex((release) => release.minor === `1.${minor ?? ''}`)
  return at < 0
    ? undefined
    : releases.slice(0, at + 1).findLast(({ flags }) => flags !== undefined)?.flags?.[component]
}

/** `{certificatesDir}/ca.crt` with what ClusterConfiguration says; undefined where it does not. */
function filled(template: string, configuration: JsonValue): string | undefined {
  let isKnown = true
  const text = template.replace(/\{([\w.]+)\}/g, (_whole, path: string) => {
    const value = asString(valueAt(configuration, path.split('.')))
    if (value === undefined || value === '') isKnown = false
    return value ?? ''
  })
  return isKnown ? text : undefined
}

function ofEtcd(configuration: JsonValue): [string, string][] {
  const external = valueAt(configuration, ['etcd', 'external'])
  if (!isObject(external)) {
    const files = {
      cafile: 'etcd/ca.crt',
      certfile: 'apiserver-etcd-client.crt',
      keyfile: 'apiserver-etcd-client.key',
    }
    return Object.entries(files).flatMap(([flag, file]): [string, string][] => {
      const value = filled(`{certificatesDir}/${file}`, configuration)
      return value === undefined ? [] : [[`etcd-${flag}`, value]]
    })
  }
  const text = (name: string): string => asString(field(external, name)) ?? ''
  const endpoints = field(external, 'endpoints')
  const servers = Array.isArray(endpoints) ? endpoints.map((each) => asString(each) ?? '').join(',') : ''
  const pair = text('certFile') !== '' && text('keyFile') !== ''
  return [
    ...(servers === '' ? [] : [['etcd-servers', servers] as [string, string]]),
    ...(text('caFile') === '' ? [] : [['etcd-cafile', text('caFile')] as [string, string]]),
    ...(pair
      ? [
          ['etcd-certfile', text('certFile')] as [string, string],
          ['etcd-keyfile', text('keyFile')] as [string, string],
        ]
      : []),
  ]
}

function ofAuthorization(extra: readonly ExtraArg[]): [string, string][] {
  return extra.some(({ name }) => name === 'authorization-config')
    ? []
    : [['authorization-mode', 'Node,RBAC']]
}

function ofNetwork(configuration: JsonValue): [string, string][] {
  const text = (...path: string[]): string => asString(valueAt(configuration, path)) ?? ''
  const pods = text('networking', 'podSubnet')
  const services = text('networking', 'serviceSubnet')
  const name = text('clusterName')
  const flags: [string, string][] = []
  if (pods !== '') flags.push(['allocate-node-cidrs', 'true'], ['cluster-cidr', pods])
  if (pods !== '' && services !== '') flags.push(['service-cluster-ip-range', services])
  if (name !== '') flags.push(['cluster-name', name])
  return flags
}
