import {
  known,
  settingFact,
  unknown,
  type EffectiveConfig,
  type Estate,
  type Fact,
  type Fix,
  type Host,
  type JsonValue,
  type Origin,
  type Setting,
  type SettingSource,
} from '../../model/index.js'
import { locate, scalarText } from '../../text/index.js'
import { componentStarts, type ComponentStart } from '../component-start.js'
import { componentView, type ComponentView } from '../component.js'
import { changeFlag } from '../flag-change.js'
import { byDefault, flagSource } from '../flag-settings.js'
import { referencedFile } from '../referenced-file.js'
import { unseenControlPlane } from '../unseen-control-plane.js'
import { etcdFilePath, readEtcdFile } from './etcd-config-file.js'
import { ETCD_SETTINGS, etcdDefault, etcdValue, readGoFlags } from './etcd-flags.js'

/** Configuration files of an etcd that k3s and rke2 run. */
const OF_RANCHER = [
  '/var/lib/rancher/k3s/server/db/etcd/config',
  '/var/lib/rancher/rke2/server/db/etcd/config',
]

/** Distributions that keep their objects elsewhere unless they are told otherwise. */
const OTHER_STORES: ReadonlySet<string> = new Set(['k3s', 'microk8s', 'k0s'])

/**
 * One view for each etcd: of hosts (running process before static pod before unit), of k3s and rke2 by the file that they
 * write for it, of mirror pods in the cluster, then of those that must be there and were not seen. Flags win over the
 * environment; with a configuration file neither counts.
 * Source: etcd server v3.6.8 etcdmain/config.go, parse and configFromFile.
 */
export function etcdsOf(estate: Estate): ComponentView[] {
  const started = componentStarts(estate, 'etcd').map(viewOf)
  const names = new Set(started.map(({ host }) => host))
  const embedded = estate.hosts.flatMap((host) => (names.has(host.name) ? [] : (embeddedIn(host) ?? [])))
  const seen = [...started, ...embedded].sort((left, right) => (left.host < right.host ? -1 : 1))
  const unseen = unseenControlPlane(estate, 'etcd', seen).filter(
    ({ distribution }) => !OTHER_STORES.has(distribution),
  )
  return [...seen, ...unseen]
}

interface Resolved {
  readonly settings: readonly Setting[]
  readonly gaps: EffectiveConfig['gaps']
  /** Settings that nothing seen makes and that something unseen may make. */
  readonly open?: string
  readonly configFile?: string
}

function viewOf(start: ComponentStart): ComponentView {
  const resolved = resolve(start)
  const config: EffectiveConfig = {
    component: 'etcd',
    host: start.host,
    settings: [...resolved.settings].sort((left, right) => (left.setting < right.setting ? -1 : 1)),
    gaps: [...start.gaps, ...resolved.gaps],
  }
  const { open } = resolved
  return componentView(
    {
      config,
      host: start.host,
      ...(start.machine === undefined ? {} : { machine: start.machine }),
      ...(start.command === undefined ? {} : { command: start.command }),
      distribution: start.machine?.distribution ?? (start.kubeadm === undefined ? 'unknown' : 'kubeadm'),
      version: versionOf(start),
      file: (path) => referencedFile(start, path),
      change: (name, value) => change(start, resolved, name, value),
    },
    (name) => {
      const fact = settingFact(config, name)
      const byDefaultAlone = fact.known && fact.origin.kind === 'default'
      if (start.kubeadm !== undefined && byDefaultAlone)
        return unknown('no-source', start.kubeadm.unsaid(name))
      return open !== undefined && byDefaultAlone ? unknown('no-source', open) : fact
    },
  )
}

function resolve(start: ComponentStart): Resolved {
  const flags = readGoFlags(start.args.map(({ value }) => value))
  const { environment, open } = environmentOf(start)
  const named =
    flags.findLast(({ name }) => name === 'config-file')?.word ?? environment['ETCD_CONFIG_FILE'] ?? ''
  if (named !== '') return fromFile(start, named)
  const settings = ETCD_SETTINGS.flatMap((name): Setting[] => {
    const given = flags.filter((flag) => flag.name === name)
    const winner = given.at(-1)
    const value = winner === undefined ? undefined : etcdValue(name, winner.word)
    if (winner !== undefined && value !== undefined) {
      return [
        {
          setting: name,
          value,
          source: flagSource(start, winner.argIndex),
          overridden: given
            .slice(0, -1)
            .map(({ word, argIndex }) => ({ value: word, source: flagSource(start, argIndex) })),
          origin: start.originOf(winner.argIndex),
        },
      ]
    }
    const variable = `ETCD_${name.toUpperCase().replaceAll('-', '_')}`
    const word = environment[variable]
    // An empty variable is none. Source: etcd pkg/v3 v3.6.8 flags/flag.go, setFlagFromEnv.
    const fromEnvironment = word === undefined || word === '' ? undefined : etcdValue(name, word)
    if (fromEnvironment !== undefined) return [ofEnvironment(start, name, variable, fromEnvironment)]
    return [byDefault(start, name, etcdDefault(name), 'its default (etcd 3.6)')]
  })
  return { settings, gaps: [], ...(open === undefined ? {} : { open }) }
}

/** Variables of the running etcd; where they cannot be read, those of what starts it. */
function environmentOf({ command, machine, described, kubeadm }: ComponentStart): {
  readonly environment: Readonly<Record<string, string>>
  readonly open?: string
} {
  if (command?.environment !== undefined) return { environment: command.environment }
  const other = machine?.commands.find(
    ({ component, environment }) => component === 'etcd' && environment !== undefined,
  )
  if (other?.environment !== undefined) return { environment: other.environment }
  // A pod of the API shows its variables in the object, and kubeadm's has none.
  if (command?.source === 'mirror-pod') return { environment: {} }
  if (kubeadm !== undefined) return { environment: {} }
  return {
    environment: {},
    open: `the environment of etcd (${described}) was not read: it may set what no flag sets`,
  }
}

function ofEnvironment(start: ComponentStart, name: string, variable: string, value: JsonValue): Setting {
  const source: SettingSource = { kind: 'environment', described: `${variable} of ${start.described}` }
  const place = start.place
  const origin: Origin =
    place === undefined
      ? {
          kind: 'default',
          component: 'etcd',
          detail: `\`${variable}\` in the environment of ${start.described}`,
        }
      : { kind: 'file', ...place }
  return { setting: name, value, source, overridden: [], origin }
}

function fromFile(start: ComponentStart, path: string): Resolved {
  const file = referencedFile(start, path)
  if (file?.text === undefined) {
    const detail = `etcd reads \`${path}\`, which was not read: with it, neither flags nor environment count`
    return { settings: [], gaps: [{ reason: 'no-source', detail }], configFile: path }
  }
  return settingsOfFile(start.host, file.path, file.text)
}

function settingsOfFile(host: string, path: string, text: string): Resolved {
  const made = readEtcdFile(text)
  const whole: Origin = { kind: 'file', host, file: path, line: 1 }
  if (made === undefined) {
    const detail = `\`${path}\` is no configuration of etcd`
    return { settings: [], gaps: [{ reason: 'unparsable', detail, origin: whole }], configFile: path }
  }
  const byName = new Map(made.map((setting) => [setting.name, setting]))
  const settings = ETCD_SETTINGS.map((name): Setting => {
    const setting = byName.get(name)
    if (setting === undefined) {
      const origin: Origin = {
        kind: 'default',
        component: 'etcd',
        detail: `\`${name}\` is not in \`${path}\`: its default (etcd 3.6)`,
        place: { file: path, host },
      }
      return { setting: name, value: etcdDefault(name), source: { kind: 'default' }, overridden: [], origin }
    }
    const at = locate(text, { format: 'yaml', line: 1, column: 1 }, setting.path)
    const place = at === undefined ? { line: 1 } : { line: at.line, column: at.column }
    return {
      setting: name,
      value: setting.value,
      source: { kind: 'file', file: path, path: setting.path, ...place },
      overridden: [],
      origin: { kind: 'file', host, file: path, path: setting.path, ...place },
    }
  })
  return { settings, gaps: [], configFile: path }
}

function embeddedIn(host: Host): ComponentView | undefined {
  const file = OF_RANCHER.flatMap((path) => host.files.get(path) ?? [])[0]
  if (file === undefined) return undefined
  const resolved: Resolved =
    file.text === undefined
      ? {
          settings: [],
          gaps: [{ reason: 'unreadable', detail: `\`${file.path}\` could not be read` }],
          configFile: file.path,
        }
      : settingsOfFile(host.name, file.path, file.text)
  return componentView({
    config: { component: 'etcd', host: host.name, settings: resolved.settings, gaps: resolved.gaps },
    host: host.name,
    machine: host,
    distribution: host.distribution,
    version: unknown('version-unknown', `${host.distribution} carries etcd in itself`),
    file: (path) => host.files.get(path),
    change: (name, value) => inWords(host.distribution, name, value),
  })
}

function change(start: ComponentStart, resolved: Resolved, name: string, value: JsonValue): Fix {
  const { configFile } = resolved
  const distribution = start.machine?.distribution ?? 'unknown'
  if (distribution === 'k3s' || distribution === 'rke2') return inWords(distribution, name, value)
  if (configFile !== undefined) {
    const file = referencedFile(start, configFile)
    const path = etcdFilePath(name)
    return {
      text: `Set \`${path.join('.')}: ${JSON.stringify(value)}\` in \`${file?.path ?? configFile}\`, then restart etcd.`,
      edits: file?.text === undefined ? [] : [{ host: start.host, file: file.path, op: 'set', path, value }],
      commands: [],
      risk: 'restart',
      needs: [],
      restart: 'etcd',
    }
  }
  const setting = resolved.settings.find((each) => each.setting === name)
  if (setting?.source.kind === 'environment')
    return {
      text: `Set \`${setting.source.described?.split(' ')[0] ?? name}=${wordsOf(value)}\` where the environment of etcd is made, then restart etcd.`,
      edits: [],
      commands: [],
      risk: 'restart',
      needs: [],
      restart: 'etcd',
    }
  const given = readGoFlags(start.args.map((argument) => argument.value)).filter((flag) => flag.name === name)
  const parsed = given.map(({ argIndex, word }) => ({
    name,
    argIndex,
    valueIndex: argIndex,
    value: word,
    raw: word,
    argument: start.args[argIndex] ?? { value: '' },
  }))
  const [from, replaced] = [parsed.slice(-1), parsed.slice(0, -1)]
  const flag = { name, value: given.at(-1)?.word ?? '', from, replaced }
  return changeFlag(
    start,
    { settings: new Map(), given: new Map(given.length === 0 ? [] : [[name, flag]]) },
    name,
    value,
  )
}

function inWords(distribution: string, name: string, value: JsonValue): Fix {
  return {
    text: `${distribution} writes the configuration of its etcd: add \`${name}=${wordsOf(value)}\` to \`etcd-arg\` in /etc/rancher/${distribution}/config.yaml, then restart ${distribution}.`,
    edits: [],
    commands: [],
    risk: 'restart',
    needs: [],
    restart: distribution,
  }
}

/** From the tag of its image (`registry.k8s.io/etcd:3.6.5-0`), else from a path that carries it. */
function versionOf({ runBy, command, component, host }: ComponentStart): Fact<string> {
  const image = (runBy?.container as { image?: unknown } | undefined)?.image
  const tag = typeof image === 'string' ? /:v?(3\.\d{1,2}\.\d{1,3})(?:[-.@]|$)/.exec(image)?.[1] : undefined
  if (tag !== undefined && runBy !== undefined)
    return known(tag, { kind: 'object', object: runBy.object, path: ['spec', 'containers', 0, 'image'] })
  const inPath = /[/-]v?(3\.\d{1,2}\.\d{1,3})(?:[-/]|$)/.exec(command?.executable ?? '')?.[1]
  if (inPath !== undefined)
    return known(inPath, {
      kind: 'process',
      host,
      component,
      argIndex: 0,
      argument: command?.executable ?? '',
    })
  return unknown('version-unknown', 'no image and no path read here says which version etcd has')
}

/** A value as it stands behind a flag or in a variable. */
function wordsOf(value: JsonValue): string {
  return Array.isArray(value) ? value.map(scalarText).join(',') : scalarText(value)
}
