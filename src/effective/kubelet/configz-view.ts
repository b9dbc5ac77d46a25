import { isConfigz, unreadConfigz } from '../../kube/index.js'
import {
  asBoolean,
  type Distribution,
  unknown,
  settingFact,
  type EffectiveConfig,
  type Estate,
  type Fact,
  type Fix,
  type JsonValue,
  type KubeObject,
  type Origin,
  type Setting,
} from '../../model/index.js'
import { componentView, type ComponentView } from '../component.js'
import { changeAtProvider } from './change-at-provider.js'
import { zeroOf } from './decode.js'
import { configFields, getField } from './fields.js'
import { knowledgeOf } from './knowledge.js'
import { kubeletVersionOf, versionOfNode } from './version-of.js'

/**
 * One view for each node whose kubelet was asked for the configuration that it runs with, in the order of names. That is
 * what counts, flags included; who set a value it does not say.
 */
export function kubeletsOfConfigz(estate: Estate, except: ReadonlySet<string>): ComponentView[] {
  const objects = estate.objects
    .filter((object) => isConfigz(object) && !except.has(object.ref.name))
    .sort((left, right) => (left.ref.name < right.ref.name ? -1 : 1))
  if (objects.length === 0) return []
  const agreed = kubeletVersionOf(estate, undefined, undefined)
  const nodes = new Map(
    estate.objects
      .filter(({ ref }) => ref.kind === 'Node' && ref.group === '')
      .map((node) => [node.ref.name, node]),
  )
  const views = objects.map((object) => {
    const node = nodes.get(object.ref.name)
    return viewOf(object, object.ref.name, (node && versionOfNode(node)) ?? agreed)
  })
  const [first, second] = objects
  // Nobody may ask any kubelet: that is one thing that is not known, not one for each node.
  const none = objects.every((object) => unreadConfigz(object) !== undefined)
  return none && first !== undefined && second !== undefined ? [viewOf(first, 'all nodes', agreed)] : views
}

function viewOf(object: KubeObject, host: string, version: Fact<string>): ComponentView {
  const config = configOf(object, host, version)
  const distribution = distributionOf(version)
  return componentView(
    {
      config,
      host,
      distribution,
      version,
      change: (name, value) => adviceFor(distribution, host, name, value),
    },
    (name) => factOf(config, name),
  )
}

/** Distributions of their own name it behind the version. */
function distributionOf(version: Fact<string>): Distribution {
  const named = version.known ? /\+(k3s|rke2)/.exec(version.value)?.[1] : undefined
  return named === 'k3s' || named === 'rke2' ? named : 'unknown'
}

function configOf(object: KubeObject, host: string, version: Fact<string>): EffectiveConfig {
  const unread = unreadConfigz(object)
  const origin = (path: readonly string[]): Origin => ({ kind: 'object', object, path })
  const { types } = knowledgeOf(version.known ? version.value : undefined)
  const settings = configFields(types).map((field): Setting => {
    const at = getField(object.content, field.path)
    return {
      setting: field.name,
      // Go leaves out what is at its zero value.
      value: at ?? zeroOf(field.type),
      source: {
        kind: 'file',
        object: object.ref,
        described: 'in force, says the kubelet itself at /configz',
        path: field.path,
      },
      overridden: [],
      origin: origin(at === undefined ? [] : field.path),
    }
  })
  return {
    component: 'kubelet',
    host,
    settings: unread === undefined ? settings.sort((a, b) => (a.setting < b.setting ? -1 : 1)) : [],
    gaps: unread === undefined ? [] : [{ reason: 'not-given', detail: unread, origin: origin([]) }],
  }
}

/** `--seccomp-default` has no field: a field that is off does not say that the flag is. */
function factOf(config: EffectiveConfig, name: string): Fact {
  const fact = settingFact(config, name)
  if (name !== 'seccompDefault' || !fact.known || asBoolean(fact.value) === true) return fact
  const detail =
    'the configuration says false, which the flag --seccomp-default beats: it is not told at /configz'
  return unknown('no-source', detail, fact.origin)
}

function adviceFor(distribution: Distribution, host: string, name: string, value: JsonValue): Fix {
  const provided = changeAtProvider(distribution, name, value)
  if (provided !== undefined) return provided
  const wanted = `\`${name}\` to \`${typeof value === 'string' ? value : JSON.stringify(value)}\``
  return {
    text: `Set ${wanted} in the kubelet's configuration file on ${host} (with kubeadm /var/lib/kubelet/config.yaml), take away a flag that beats it, and restart the kubelet. \`rampart kubelet config --host\` on the node says which file or flag it is.`,
    edits: [],
    commands: [],
    risk: 'restart',
    needs: [],
    restart: `the kubelet of ${host}`,
  }
}
