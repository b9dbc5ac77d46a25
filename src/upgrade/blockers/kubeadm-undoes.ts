import {
  apiserversOf,
  controllerManagersOf,
  kubeletsOf,
  schedulersOf,
  type ComponentView,
} from '../../effective/index.js'
import { componentKnowledge, type FlaggedComponent } from '../../kube/index.js'
import { asString, inWords, isObject, valueAt, type JsonObject, type JsonValue } from '../../model/index.js'
import { flagTable, flagValues, parseFlags, readYaml, type FlagComponent } from '../../text/index.js'
import { extraArgs } from '../inventory/index.js'
import type { Blocker, BlockerCheck, BlockerContext } from './blocker.js'

/**
 * Flags that kubeadm itself writes; a text is the value that it writes whatever the cluster.
 * Source: kubernetes v1.36.3 cmd/kubeadm/app/phases/controlplane/manifests.go.
 */
const WRITTEN: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  'kube-apiserver': {
    'advertise-address': undefined,
    'enable-admission-plugins': 'NodeRestriction',
    'service-cluster-ip-range': undefined,
    'service-account-key-file': undefined,
    'service-account-signing-key-file': undefined,
    'service-account-issuer': undefined,
    'client-ca-file': undefined,
    'tls-cert-file': undefined,
    'tls-private-key-file': undefined,
    'kubelet-client-certificate': undefined,
    'kubelet-client-key': undefined,
    'enable-bootstrap-token-auth': 'true',
    'secure-port': undefined,
    'allow-privileged': 'true',
    'kubelet-preferred-address-types': 'InternalIP,ExternalIP,Hostname',
    'requestheader-username-headers': 'X-Remote-User',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-client-ca-file': undefined,
    'requestheader-allowed-names': 'front-proxy-client',
    'proxy-client-cert-file': undefined,
    'proxy-client-key-file': undefined,
    'etcd-servers': undefined,
    'etcd-cafile': undefined,
    'etcd-certfile': undefined,
    'etcd-keyfile': undefined,
    'authorization-mode': 'Node,RBAC',
    'feature-gates': undefined,
  },
  'kube-controller-manager': {
    'bind-address': '127.0.0.1',
    'leader-elect': 'true',
    kubeconfig: undefined,
    'authentication-kubeconfig': undefined,
    'authorization-kubeconfig': undefined,
    'client-ca-file': undefined,
    'requestheader-client-ca-file': undefined,
    'root-ca-file': undefined,
    'service-account-private-key-file': undefined,
    'cluster-signing-cert-file': undefined,
    'cluster-signing-key-file': undefined,
    'use-service-account-credentials': 'true',
    controllers: '*,bootstrapsigner,tokencleaner',
    'allocate-node-cidrs': 'true',
    'cluster-cidr': undefined,
    'service-cluster-ip-range': undefined,
    'cluster-name': undefined,
    'feature-gates': undefined,
  },
  'kube-scheduler': {
    'bind-address': '127.0.0.1',
    'leader-elect': 'true',
    kubeconfig: undefined,
    'authentication-kubeconfig': undefined,
    'authorization-kubeconfig': undefined,
    'feature-gates': undefined,
  },
}

const PART: Readonly<Record<string, string>> = {
  'kube-apiserver': 'apiServer',
  'kube-controller-manager': 'controllerManager',
  'kube-scheduler': 'scheduler',
}
const REFERENCES = ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-reconfigure/']

/** What was changed on nodes beside kubeadm, which writes its own words again. */
export const kubeadmUndoes: BlockerCheck = {
  id: 'kubeadm-undoes',
  title: 'A node has settings that kubeadm would undo',
  find(context) {
    if (context.inventory.kubeadm === undefined) return []
    return [...manifests(context), ...kubelets(context)]
  },
}

function manifests({ estate, inventory, from }: BlockerContext): Blocker[] {
  const { value } = readYaml(inventory.kubeadm?.clusterConfiguration ?? '')
  const views = [...apiserversOf(estate), ...controllerManagersOf(estate), ...schedulersOf(estate)]
  return views.flatMap((view) => {
    if (view.command?.source === 'kubeadm-config') return []
    const { component } = view.config
    const kept = keptFlags(component as FlagComponent, valueAt(value, [PART[component] ?? '', 'extraArgs']))
    // What is made of flags stands beside them, and is none.
    const flags = componentKnowledge(from).flags[component as FlaggedComponent]
    const changed = changedFlags(view, WRITTEN[component] ?? {}, kept).filter(([flag]) => flag in flags)
    return changed.map(([flag, how]): Blocker => ({
      check: kubeadmUndoes.id,
      level: 'warns',
      subject: { kind: 'component', component, node: view.host },
      message: `--${flag} of ${component} ${how}: \`kubeadm upgrade\` writes the manifest again without it`,
      fix: `put it into ${PART[component]}.extraArgs of ConfigMap kube-system/kubeadm-config, or into a folder of patches, which \`rampart upgrade plan --patches\` has kubeadm given each time; else it is lost`,
      evidence: `--${flag}`,
      references: REFERENCES,
    }))
  })
}

/**
 * The flags that kubeadm hands over, as the component reads them: of a flag given twice it makes one, `24h` is `24h0m0s`. What
 * it could not read stays text.
 */
function keptFlags(component: FlagComponent, extra: JsonValue | undefined): ReadonlyMap<string, JsonValue> {
  const given = extraArgs(extra)
  const table = flagTable(component)
  const words = given.map(([name, text]) => ({ value: `--${name}=${text}` }))
  const read = [...flagValues(parseFlags(words, table), table)]
  return new Map<string, JsonValue>([...given, ...read.map(([name, { value }]) => [name, value] as const)])
}

function changedFlags(
  { config }: ComponentView,
  written: Readonly<Record<string, string | undefined>>,
  kept: ReadonlyMap<string, JsonValue>,
): [flag: string, how: string][] {
  return config.settings.flatMap(({ setting, source, value }): [string, string][] => {
    if (source.kind !== 'flag') return []
    const own = kept.get(setting)
    if (own !== undefined) {
      // kubeadm puts modes that the user names around its own two.
      if (setting === 'authorization-mode' || same(value, own)) return []
      return [[setting, 'differs from what ConfigMap kubeadm-config says']]
    }
    if (!Object.hasOwn(written, setting))
      return [[setting, 'is not among what ConfigMap kubeadm-config says']]
    const fixed = written[setting]
    return fixed === undefined || same(value, fixed) ? [] : [[setting, 'is not as kubeadm writes it']]
  })
}

/** A value as flags are read, against another, or against the text of one. */
function same(value: JsonValue, other: JsonValue): boolean {
  if (typeof other !== 'string') return inOrder(value) === inOrder(other)
  if (Array.isArray(value)) return value.map(inWords).join(',') === other
  if (isObject(value)) {
    const pairs = Object.entries(value).map(([key, each]) => `${key}=${inWords(each)}`)
    return pairs.sort().join(',') === other.split(',').sort().join(',')
  }
  return inWords(value) === other
}

/** Maps have no order, nor have the lists of feature gates in them. */
function inOrder(value: JsonValue): string {
  if (!isObject(value)) return JSON.stringify(value)
  const sorted = (each: JsonValue | undefined): JsonValue | undefined =>
    Array.isArray(each) ? each.map(inWords).sort() : each
  return JSON.stringify(
    Object.entries(value)
      .map(([key, each]) => [key, sorted(each)])
      .sort(),
  )
}

/** Settings that are each node's own affair, which kubeadm sets by what it finds there. */
const OF_NODE = new Set([
  'apiVersion',
  'kind',
  'resolvConf',
  'containerRuntimeEndpoint',
  'imageServiceEndpoint',
  'cgroupDriver',
  'staticPodPath',
])

/** Where a kubelet runs with something else than the ConfigMap that kubeadm writes to every node. */
function kubelets({ index, estate }: BlockerContext): Blocker[] {
  const map = index.get('', 'ConfigMap', 'kube-system', 'kubelet-config')
  const { value: shared } = readYaml(asString(valueAt(map?.content, ['data', 'kubelet'])) ?? '')
  if (!isObject(shared)) return []
  const wanted = leaves(shared)
  return kubeletsOf(estate).flatMap((view): Blocker[] => {
    const differing = view.config.settings.flatMap(({ setting, source, value }) => {
      if (OF_NODE.has(setting.split('.')[0] ?? '') || source.kind === 'flag' || source.kind === 'default')
        return []
      const other = wanted.get(setting)
      if (other === undefined)
        return source.kind === 'file' && source.file === '/var/lib/kubelet/config.yaml' ? [setting] : []
      return isEmpty(other) || JSON.stringify(other) === JSON.stringify(value) ? [] : [setting]
    })
    if (differing.length === 0 || view.host === 'all nodes') return []
    return [
      {
        check: kubeadmUndoes.id,
        level: 'warns',
        subject: { kind: 'component', component: 'kubelet', node: view.host },
        message: `the kubelet of ${view.host} has settings of its own (${differing.slice(0, 5).join(', ')}${differing.length > 5 ? ` and ${differing.length - 5} more` : ''}): \`kubeadm upgrade\` writes /var/lib/kubelet/config.yaml again from ConfigMap kubelet-config`,
        fix: 'put them into ConfigMap kube-system/kubelet-config, into a drop-in folder of the kubelet, or into a patch `kubeletconfiguration` that kubeadm is given; else they are lost',
        evidence: differing.join(', '),
        references: REFERENCES,
      },
    ]
  })
}

/** kubeadm writes zero values where nobody chose one: `0s`, 0, an empty list. */
function isEmpty(value: JsonValue): boolean {
  if (value === null || value === '' || value === 0 || value === '0s') return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.values(value).every((each) => each === undefined || isEmpty(each))
}

function leaves(value: JsonObject, before = ''): Map<string, JsonValue> {
  const found = new Map<string, JsonValue>()
  for (const [key, inner] of Object.entries(value)) {
    const path = before === '' ? key : `${before}.${key}`
    if (inner === undefined) continue
    if (isObject(inner)) {
      found.set(path, inner)
      for (const [deep, each] of leaves(inner, path)) found.set(deep, each)
    } else found.set(path, inner)
  }
  return found
}
