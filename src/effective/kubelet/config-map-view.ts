import {
  asString,
  formatRef,
  valueAt,
  type EffectiveConfig,
  type JsonPath,
  type Estate,
  type KubeObject,
  type Origin,
  type Setting,
  type SettingSource,
} from '../../model/index.js'
import { componentView, type ComponentView } from '../component.js'
import { changeConfigMap } from './change-setting.js'
import { resolveKubelet } from './resolve.js'
import { kubeletVersionOf } from './version-of.js'

/** Where kubeadm puts the ConfigMap on each node. */
const NODE_FILE = '/var/lib/kubelet/config.yaml'
const KEY = ['data', 'kubelet']

/** The kubelets of a cluster of which only kubeadm's ConfigMap is known; their flags are not seen. */
export function kubeletOfConfigMap(estate: Estate): ComponentView | undefined {
  const map = estate.objects.find(isKubeletConfig)
  const text = asString(valueAt(map?.content, KEY))
  if (map === undefined || text === undefined) return undefined
  const version = kubeletVersionOf(estate, undefined, undefined)
  const config = resolveKubelet({
    host: '',
    args: [{ value: `--config=${NODE_FILE}` }],
    files: { file: (path) => ({ path, type: 'file', text }), list: () => undefined },
    ...(version.known ? { version: version.value } : {}),
  })
  return componentView({
    config: asSeenIn(map, config),
    host: 'all nodes',
    distribution: 'kubeadm',
    version,
    change: (name, value) => changeConfigMap(name, value, map.ref.name),
  })
}

function isKubeletConfig({ ref }: KubeObject): boolean {
  const own = ref.kind === 'ConfigMap' && ref.group === '' && ref.namespace === 'kube-system'
  return own && /^kubelet-config(-1\.\d+)?$/.test(ref.name)
}

/** Puts the ConfigMap in the place of the file, and leaves out flags, which it cannot tell. */
function asSeenIn(map: KubeObject, config: EffectiveConfig): EffectiveConfig {
  const settings = config.settings
    .filter(({ setting }) => !setting.startsWith('--') || setting === '--config')
    .map((setting) => marked(map, setting))
  const { refusal, gaps } = config
  return {
    ...config,
    host: 'all nodes',
    settings,
    gaps: gaps.map((gap) => ({ ...gap, origin: originIn(map) })),
    ...(refusal === undefined ? {} : { refusal: { message: refusal.message, origin: originIn(map) } }),
  }
}

function marked(map: KubeObject, setting: Setting): Setting {
  const source = sourceIn(map, setting.source)
  const overridden = setting.overridden.map((loser) => ({ ...loser, source: sourceIn(map, loser.source) }))
  const origin = setting.origin.kind === 'default' ? setting.origin : originIn(map, setting.source.path)
  return { ...setting, source, overridden, origin }
}

function sourceIn(map: KubeObject, { kind, path, described }: SettingSource): SettingSource {
  if (kind === 'default') return described === undefined ? { kind } : { kind, described }
  return {
    kind: 'file',
    object: map.ref,
    described: formatRef(map.ref),
    path: path === undefined ? KEY : [...KEY, ...path],
  }
}

function originIn(map: KubeObject, inside: JsonPath = []): Origin {
  return { kind: 'object', object: map, path: KEY, inside }
}
