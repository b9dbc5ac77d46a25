import {
  apiserversOf,
  controllerManagersOf,
  knowledgeOf,
  kubeletsOf,
  schedulersOf,
  type ComponentView,
} from '../../effective/index.js'
import { componentKnowledge, isKnownMinor, type FlaggedComponent } from '../../kube/index.js'
import { asString, asStrings, isObject, valueAt, type JsonValue, type Origin } from '../../model/index.js'
import { readYaml } from '../../text/index.js'
import { extraArgs } from '../inventory/index.js'
import { minorText } from '../kube-version.js'
import { listed } from '../listed.js'
import type { Blocker, BlockerCheck, BlockerContext } from './blocker.js'

/** Flags that a component no longer knows: it does not start with them. */
export const removedFlags: BlockerCheck = {
  id: 'removed-flags',
  title: 'A component is given a flag that the upgrade takes away',
  find(context) {
    return [
      ...controlPlaneFlags(context),
      ...kubeadmFlags(context),
      ...kubeletFlags(context),
      ...unseenKubelets(context),
    ]
  },
}

/** Feature gates that are gone, or fixed to the other value: no component starts with them. */
export const removedGates: BlockerCheck = {
  id: 'removed-gates',
  title: 'A component is given a feature gate that the upgrade takes away',
  find(context) {
    const views = [...controlPlane(context), ...kubeletsOf(context.estate)]
    const own = views.flatMap((view) => {
      const setting = view.config.settings.find(
        ({ setting: name, source }) =>
          (name === 'feature-gates' || name === 'featureGates') && source.kind !== 'default',
      )
      if (setting === undefined) return []
      return gatesIn(context, setting.value, {
        component: view.config.component,
        node: view.host,
        evidence: placeOf(setting.origin, `featureGates of ${view.config.component}`),
      })
    })
    return unique([...own, ...kubeadmGates(context)])
  },
}

/** What kubeadm would write is judged as its own: `kubeadmArgs`. */
function controlPlane({ estate }: BlockerContext): ComponentView[] {
  const views = [...apiserversOf(estate), ...controllerManagersOf(estate), ...schedulersOf(estate)]
  return views.filter(({ command }) => command?.source !== 'kubeadm-config')
}

/** The first minor on the way that does not know a flag which the one before knew. */
function goneIn({ from, to }: BlockerContext, knows: (minor: number) => boolean): number | undefined {
  if (!isKnownMinor(from) || !knows(from)) return undefined
  for (let minor = from + 1; minor <= to; minor += 1) if (isKnownMinor(minor) && !knows(minor)) return minor
  return undefined
}

function controlPlaneFlags(context: BlockerContext): Blocker[] {
  return controlPlane(context).flatMap(({ config, host }) => {
    const component = config.component as FlaggedComponent
    return config.settings.flatMap(({ setting, source, origin }): Blocker[] => {
      if (source.kind !== 'flag') return []
      const minor = goneIn(context, (each) => setting in componentKnowledge(each).flags[component])
      return minor === undefined
        ? []
        : [gone(component, host, setting, minor, placeOf(origin, source.described ?? ''))]
    })
  })
}

const PARTS = [
  ['apiServer', 'kube-apiserver'],
  ['controllerManager', 'kube-controller-manager'],
  ['scheduler', 'kube-scheduler'],
] as const

/** What kubeadm will hand on: its own copy decides, whatever stands in the manifests now. */
function kubeadmArgs({
  inventory,
}: BlockerContext): (readonly [component: FlaggedComponent, name: string, value: string])[] {
  const { value } = readYaml(inventory.kubeadm?.clusterConfiguration ?? '')
  return PARTS.flatMap(([part, component]) =>
    extraArgs(valueAt(value, [part, 'extraArgs'])).map(([name, text]) => [component, name, text] as const),
  )
}

const KUBEADM_CONFIG = 'ConfigMap kube-system/kubeadm-config, extraArgs'

function kubeadmFlags(context: BlockerContext): Blocker[] {
  return kubeadmArgs(context).flatMap(([component, name]): Blocker[] => {
    const minor = goneIn(context, (each) => name in componentKnowledge(each).flags[component])
    if (minor === undefined) return []
    return [
      {
        ...gone(component, 'every control-plane node', name, minor, KUBEADM_CONFIG),
        fix: `take it out of extraArgs in ConfigMap kube-system/kubeadm-config before ${minorText(minor)}: kubeadm writes it into the manifests again`,
      },
    ]
  })
}

function kubeletFlags(context: BlockerContext): Blocker[] {
  return kubeletsOf(context.estate).flatMap(({ machine, command, host }) =>
    machine === undefined
      ? []
      : (command?.args ?? []).flatMap(({ value, file, line }): Blocker[] => {
          const name = /^--([\w-]{1,100})/.exec(value)?.[1]?.replaceAll('_', '-')
          if (name === undefined) return []
          const minor = goneIn(context, (each) => name in knowledgeOf(minorText(each)).flags)
          if (minor === undefined) return []
          const at =
            file === undefined
              ? `the command line of the kubelet`
              : `${file}${line === undefined ? '' : `:${line}`}`
          // kubeadm cleans its own file; the user's words in others stay. Source: kubernetes CHANGELOG-1.35, urgent notes.
          const byKubeadm =
            file === '/var/lib/kubelet/kubeadm-flags.env' && name === 'pod-infra-container-image'
          const found = gone('kubelet', host, name, minor, at)
          return [
            byKubeadm
              ? {
                  ...found,
                  level: 'warns',
                  fix: `\`kubeadm upgrade node\` takes it out of ${file}; see that it is gone before the kubelet is restarted`,
                }
              : {
                  ...found,
                  fix: `take --${name} out (${at}) before the kubelet of ${minorText(minor)} starts: it would not`,
                },
          ]
        }),
  )
}

/** The API tells the settings of kubelets, not their command lines. */
function unseenKubelets(context: BlockerContext): Blocker[] {
  const { estate, inventory, from, to } = context
  const read = new Set(estate.hosts.map(({ name }) => name))
  const unseen = inventory.nodes.flatMap(({ name }) => (read.has(name) ? [] : [name]))
  if (unseen.length === 0 || !isKnownMinor(from)) return []
  const flags = Object.keys(knowledgeOf(minorText(from)).flags).flatMap((flag) => {
    const minor = goneIn(context, (each) => flag in knowledgeOf(minorText(each)).flags)
    return minor === undefined ? [] : [`--${flag} (${minorText(minor)})`]
  })
  if (flags.length === 0 || to <= from) return []
  return [
    {
      check: removedFlags.id,
      level: 'unknown',
      subject: { kind: 'cluster' },
      message: `the command lines of the kubelets of ${listed(unseen)} were not read, and flags of theirs go on the way: ${flags.join(', ')}`,
      fix: 'see on the nodes: `grep -r KUBELET_EXTRA_ARGS /etc/default/kubelet /etc/sysconfig/kubelet /var/lib/kubelet/kubeadm-flags.env`; or read hosts with --host-root',
      references: [],
    },
  ]
}

function gone(component: string, node: string, flag: string, minor: number, evidence: string): Blocker {
  return {
    check: removedFlags.id,
    level: 'blocks',
    subject: { kind: 'component', component, node },
    minor: minorText(minor),
    message: `--${flag} is gone from ${minorText(minor)}: ${component} does not start with it`,
    fix: `take --${flag} out before the upgrade to ${minorText(minor)}`,
    evidence,
    references: [
      `https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-${minorText(minor)}.md`,
    ],
  }
}

interface GatePlace {
  readonly component: string
  readonly node: string
  readonly evidence: string
}

function kubeadmGates(context: BlockerContext): Blocker[] {
  return kubeadmArgs(context).flatMap(([component, name, value]) =>
    name === 'feature-gates'
      ? gatesIn(context, gatesOfText(value), {
          component,
          node: 'every control-plane node',
          evidence: KUBEADM_CONFIG,
        })
      : [],
  )
}

function gatesOfText(text: string): JsonValue {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return name.trim() === '' ? [] : [[name.trim(), value.trim().toLowerCase() === 'true'] as const]
    }),
  )
}

/** Components of 1.31 and later read gates by component: `{"": ["A=true", "B=false"]}`. */
function gatesOf(value: JsonValue): JsonValue {
  if (typeof value === 'string') return gatesOfText(value)
  if (!isObject(value)) return value
  const lists = Object.values(value)
  if (lists.length === 0 || !lists.every((each) => Array.isArray(each))) return value
  return gatesOfText(lists.flatMap(asStrings).join(','))
}

/** Gates are known from the kubelet's own module, which registers those of every component. */
function gatesIn(context: BlockerContext, value: JsonValue, place: GatePlace): Blocker[] {
  const gates = gatesOf(value)
  if (!isObject(gates) || !isKnownMinor(context.from)) return []
  return Object.entries(gates).flatMap(([name, given]): Blocker[] => {
    const wanted = given === true || asString(given)?.toLowerCase() === 'true'
    if (!(name in knowledgeOf(minorText(context.from)).gates)) return []
    for (let minor = context.from + 1; minor <= context.to; minor += 1) {
      if (!isKnownMinor(minor)) continue
      const gate = knowledgeOf(minorText(minor)).gates[name]
      if (gate === undefined) return [gateBlocker(place, name, minor, 'is gone')]
      if (gate.locked === true && gate.default !== wanted) {
        return [gateBlocker(place, name, minor, `is fixed to ${gate.default}`)]
      }
    }
    return []
  })
}

function gateBlocker(
  { component, node, evidence }: GatePlace,
  gate: string,
  minor: number,
  how: string,
): Blocker {
  return {
    check: removedGates.id,
    level: 'blocks',
    subject: { kind: 'component', component, node },
    minor: minorText(minor),
    message: `the feature gate ${gate} ${how} in ${minorText(minor)}: ${component} does not start with it as it is set`,
    fix: `take ${gate} out of the feature gates (${evidence}) before the upgrade to ${minorText(minor)}`,
    evidence,
    references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates-removed/'],
  }
}

function unique(blockers: readonly Blocker[]): Blocker[] {
  const seen = new Set<string>()
  return blockers.filter((each) => {
    const key = JSON.stringify([each.subject, each.message, each.evidence])
    return !seen.has(key) && seen.add(key)
  })
}

function placeOf(origin: Origin, otherwise: string): string {
  switch (origin.kind) {
    case 'object':
      return `${origin.object.ref.kind} ${origin.object.ref.namespace === '' ? '' : `${origin.object.ref.namespace}/`}${origin.object.ref.name}`
    case 'file':
      return `${origin.file}${origin.line === undefined ? '' : `:${origin.line}`}`
    case 'process':
      return origin.place === undefined
        ? `command line of ${origin.component}`
        : `${origin.place.file}${origin.place.line === undefined ? '' : `:${origin.place.line}`}`
    default:
      return otherwise
  }
}
