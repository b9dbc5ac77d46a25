import { kubeadmFlags, KUBEADM_SECTIONS, type KubeadmComponent, type KubeadmFlag } from '../kube/index.js'
import {
  asString,
  field,
  isObject,
  valueAt,
  type Estate,
  type JsonPath,
  type KubeObject,
  type Origin,
} from '../model/index.js'
import { docValue, readGoDocument } from '../text/index.js'
import type { ComponentStart } from './component-start.js'
import { minorIn } from './component-version.js'
import { CONTROL_PLANE } from './control-plane.js'

const KEY: JsonPath = ['data', 'ClusterConfiguration']
const MAP = 'ConfigMap kube-system/kubeadm-config'

/** What kubeadm would write: the weakest knowledge of a start, for nobody saw a manifest or a process. */
export interface KubeadmStart {
  readonly map: KubeObject
  /** Where ClusterConfiguration says an argument, or would. */
  readonly pathOf: (argIndex: number) => JsonPath
  /** Who says an argument, in words. */
  readonly described: (argIndex: number) => string
  /** Why what is not among the arguments is not known. */
  readonly unsaid: (flag: string) => string
}

/**
 * A component of a control plane as kubeadm would start it, from the ClusterConfiguration in its ConfigMap. Undefined
 * without that, for other components, and for an etcd that kubeadm does not run.
 */
export function startOfKubeadm(estate: Estate, component: string): ComponentStart | undefined {
  const map = estate.objects.find(isKubeadmConfig)
  const text = asString(valueAt(map?.content, KEY))
  if (map === undefined || text === undefined || !isKubeadmComponent(component)) return undefined
  const { root } = readGoDocument(text)
  const configuration = root === undefined ? undefined : docValue(root)
  if (!isObject(configuration) || field(configuration, 'kind') !== 'ClusterConfiguration') return undefined
  if (component === 'etcd' && isObject(valueAt(configuration, ['etcd', 'external']))) return undefined
  const version = asString(field(configuration, 'kubernetesVersion'))
  const { flags, unreadable } = kubeadmFlags(component, configuration, minorIn(version ?? ''))
  const origin = (inside: JsonPath): Origin => ({ kind: 'object', object: map, path: KEY, inside })
  const args = flags.map(({ name, value }) => ({ value: `--${name}=${value}` }))
  const described = `what kubeadm would write from ${MAP}`
  const pathOf = (argIndex: number): JsonPath => flags[argIndex]?.path ?? KUBEADM_SECTIONS[component]
  return {
    component,
    host: CONTROL_PLANE,
    command: { component, source: 'kubeadm-config', executable: component, args, described },
    args,
    described,
    kubeadm: {
      map,
      pathOf,
      described: (argIndex) => saidBy(flags[argIndex], version),
      unsaid: (flag) =>
        `neither kubeadm nor its ${MAP} gives \`--${flag}\` to ${component}, and no manifest or process was seen that may have it`,
    },
    originOf: (argIndex) => origin(pathOf(argIndex)),
    gaps:
      unreadable === undefined
        ? []
        : [
            {
              reason: 'unparsable',
              detail: `${MAP} holds \`extraArgs\` of ${component} that kubeadm could not read`,
              origin: origin(unreadable),
            },
          ],
  }
}

function saidBy(flag: KubeadmFlag | undefined, version: string | undefined): string {
  return flag?.own === true
    ? `kubeadm itself writes it for Kubernetes ${version ?? ''}`
    : `kubeadm would write it from ${MAP}`
}

function isKubeadmConfig({ ref }: KubeObject): boolean {
  return (
    ref.kind === 'ConfigMap' &&
    ref.group === '' &&
    ref.namespace === 'kube-system' &&
    ref.name === 'kubeadm-config'
  )
}

function isKubeadmComponent(component: string): component is KubeadmComponent {
  return Object.hasOwn(KUBEADM_SECTIONS, component)
}
