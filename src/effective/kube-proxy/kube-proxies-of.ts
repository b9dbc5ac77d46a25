import {
  asString,
  isObject,
  unknown,
  valueAt,
  type EffectiveConfig,
  type Estate,
  type JsonObject,
  type JsonValue,
  type KubeObject,
  type Origin,
  type Setting,
} from '../../model/index.js'
import { docValue, readGoDocument, scalarText } from '../../text/index.js'
import { componentStarts, type ComponentStart } from '../component-start.js'
import { componentView, type ComponentView } from '../component.js'
import { referencedFile } from '../referenced-file.js'

const FILE_KEY = ['data', 'config.conf']

/**
 * Settings that checks ask, by their name in the configuration, with flag and default.
 * Source: kubernetes v1.36.2 pkg/proxy/apis/config/v1alpha1/defaults.go; cmd/kube-proxy/app/options.go.
 */
const SETTINGS: readonly {
  readonly name: string
  readonly flag: string
  readonly list?: boolean
  readonly byDefault: JsonValue
}[] = [
  { name: 'metricsBindAddress', flag: 'metrics-bind-address', byDefault: '127.0.0.1:10249' },
  { name: 'nodePortAddresses', flag: 'nodeport-addresses', list: true, byDefault: [] },
  { name: 'mode', flag: 'proxy-mode', byDefault: '' },
]

/**
 * One view for the kube-proxies of a cluster, from the ConfigMap that kubeadm makes for them, and one for each host whose
 * kube-proxy has a configuration file of its own or flags alone. With `--config` every flag but the host name is
 * overridden.
 */
export function kubeProxiesOf(estate: Estate): ComponentView[] {
  const map = estate.objects.find(isProxyConfig)
  const shared = map === undefined ? [] : [ofConfigMap(map)]
  const starts = componentStarts(estate, 'kube-proxy')
  const onHosts = starts.flatMap((start) => ofStart(start, map !== undefined) ?? [])
  return [...shared, ...onHosts]
}

function isProxyConfig({ ref, content }: KubeObject): boolean {
  const own =
    ref.kind === 'ConfigMap' &&
    ref.group === '' &&
    ref.namespace === 'kube-system' &&
    ref.name === 'kube-proxy'
  return own && typeof valueAt(content, FILE_KEY) === 'string'
}

function ofConfigMap(map: KubeObject): ComponentView {
  const origin: Origin = { kind: 'object', object: map, path: FILE_KEY }
  const text = asString(valueAt(map.content, FILE_KEY)) ?? ''
  return viewOf('all nodes', fromText(text, origin, 'ConfigMap kube-system/kube-proxy'), (name, value) => ({
    ...words(
      `Set \`${name}: ${JSON.stringify(value)}\` in \`config.conf\` of ConfigMap kube-system/kube-proxy, then restart the DaemonSet.`,
    ),
    verify: 'kubectl -n kube-system get configmap kube-proxy -o yaml',
  }))
}

/** A start of its own; undefined where the ConfigMap speaks for it. */
function ofStart(start: ComponentStart, shared: boolean): ComponentView | undefined {
  const path = flagOf(start, 'config')
  const more = {
    ...(start.machine === undefined ? {} : { machine: start.machine }),
    ...(start.command === undefined ? {} : { command: start.command }),
  }
  if (path !== undefined && path.word !== '') {
    const file = referencedFile(start, path.word)
    if (file?.text === undefined) {
      if (shared) return undefined
      const detail = `kube-proxy on ${start.host} reads \`${path.word}\`, which was not read: with it, flags do not count`
      return viewOf(
        start.host,
        { settings: [], gaps: [{ reason: 'no-source', detail }] },
        () => words('Change its configuration file.'),
        more,
      )
    }
    const origin: Origin = { kind: 'file', host: start.host, file: file.path, line: 1 }
    return viewOf(
      start.host,
      fromText(file.text, origin, `\`${file.path}\``),
      (name, value) =>
        words(`Set \`${name}: ${JSON.stringify(value)}\` in \`${file.path}\`, then restart kube-proxy.`),
      more,
    )
  }
  const settings = SETTINGS.map(({ name, flag, list, byDefault }): Setting => {
    const given = flagOf(start, flag)
    if (given === undefined) return defaultOf(name, byDefault, `\`--${flag}\` is not given`)
    const value =
      list === true ? given.word.split(',').filter(Boolean) : given.word === '' ? byDefault : given.word
    return {
      setting: name,
      value,
      source: { kind: 'flag', argIndex: given.argIndex },
      overridden: [],
      origin: start.originOf(given.argIndex),
    }
  })
  return viewOf(
    start.host,
    { settings, gaps: start.gaps },
    (name, value) => {
      const flag = SETTINGS.find((each) => each.name === name)?.flag ?? name
      return words(`Set \`--${flag}=${scalarText(value)}\` where kube-proxy is started, then restart it.`)
    },
    more,
  )
}

function flagOf(
  { args }: ComponentStart,
  name: string,
): { readonly word: string; readonly argIndex: number } | undefined {
  const argIndex = args.findLastIndex(({ value }) => value === `--${name}` || value.startsWith(`--${name}=`))
  const word = args[argIndex]?.value
  if (word === undefined) return undefined
  return {
    word: word.includes('=') ? word.slice(name.length + 3) : (args[argIndex + 1]?.value ?? ''),
    argIndex,
  }
}

type Found = Pick<EffectiveConfig, 'settings' | 'gaps'>

function fromText(text: string, origin: Origin, named: string): Found {
  const { root } = readGoDocument(text)
  const document = root === undefined ? undefined : docValue(root)
  if (!isObject(document))
    return {
      settings: [],
      gaps: [{ reason: 'unparsable', detail: `${named} is no configuration of kube-proxy`, origin }],
    }
  return { settings: SETTINGS.map((each) => settingOf(document, each, origin, named)), gaps: [] }
}

function settingOf(
  document: JsonObject,
  { name, list, byDefault }: (typeof SETTINGS)[number],
  origin: Origin,
  named: string,
): Setting {
  const given = document[name]
  const empty =
    given === undefined ||
    given === null ||
    given === '' ||
    (list === true && Array.isArray(given) && given.length === 0)
  if (empty) return { ...defaultOf(name, byDefault, `\`${name}\` is not set in ${named}`), origin }
  const own = origin.kind === 'object' ? { ...origin, inside: [name] } : origin
  return { setting: name, value: given, source: { kind: 'file', path: [name] }, overridden: [], origin: own }
}

function defaultOf(name: string, value: JsonValue, why: string): Setting {
  const origin: Origin = { kind: 'default', component: 'kube-proxy', detail: `${why}: its default` }
  return { setting: name, value, source: { kind: 'default' }, overridden: [], origin }
}

function viewOf(
  host: string,
  found: Found,
  change: ComponentView['change'],
  more: Partial<Pick<ComponentView, 'machine' | 'command'>> = {},
): ComponentView {
  return componentView({
    config: { component: 'kube-proxy', host, ...found },
    host,
    ...more,
    distribution: more.machine?.distribution ?? 'unknown',
    version: unknown('version-unknown', 'the version of kube-proxy was not looked for'),
    change,
  })
}

function words(text: string) {
  return { text, edits: [], commands: [], risk: 'restart' as const, needs: [], restart: 'kube-proxy' }
}
