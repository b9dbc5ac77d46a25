import {
  inWords,
  settingFact,
  unknown,
  type EffectiveConfig,
  type Estate,
  type Fact,
  type Host,
  type JsonValue,
} from '../../model/index.js'
import { componentView, type ComponentView } from '../component.js'
import { changeSetting } from './change-setting.js'
import { kubeletStartOf } from './command-line.js'
import { kubeletOfConfigMap } from './config-map-view.js'
import { kubeletsOfConfigz } from './configz-view.js'
import { viewOfHost } from './host-view.js'
import { resolveKubeletFully } from './resolve.js'
import { kubeletVersionOf } from './version-of.js'

/**
 * One view for each host that has a kubelet, in the order of host names, then one for each node that was asked through
 * the API. Where there is neither, one for all nodes from the ConfigMap that kubeadm keeps.
 */
export function kubeletsOf(estate: Estate): ComponentView[] {
  const hosts = [...estate.hosts].sort((left, right) => (left.name < right.name ? -1 : 1))
  const ofHosts = hosts.flatMap((host) => kubeletOfHost(host, estate) ?? [])
  const views = [...ofHosts, ...kubeletsOfConfigz(estate, new Set(ofHosts.map(({ host }) => host)))]
  if (views.length > 0) return views
  const shared = kubeletOfConfigMap(estate)
  return shared === undefined ? [] : [shared]
}

function kubeletOfHost(host: Host, estate: Estate): ComponentView | undefined {
  const start = kubeletStartOf(host)
  if (start === undefined) return undefined
  const { command } = start
  const version = kubeletVersionOf(estate, host, command)
  const closed = start.insideK3s === true ? closesReadOnlyPort(version) : undefined
  const resolved = resolveKubeletFully({
    host: host.name,
    args: closed === true ? [{ value: '--read-only-port=0' }, ...start.args] : start.args,
    files: viewOfHost(host),
    ...(version.known ? { version: version.value } : {}),
    ...(command?.workingDirectory === undefined ? {} : { workingDirectory: command.workingDirectory }),
    ...(command?.environment === undefined ? {} : { environment: command.environment }),
    ...(command?.pid === undefined ? {} : { pid: command.pid }),
    ...(command === undefined ? {} : { described: command.described }),
  })
  const config = { ...resolved.effective, gaps: [...start.gaps, ...resolved.effective.gaps] }
  const context = {
    host: host.name,
    distribution: host.distribution,
    resolved,
    settings: config.settings,
  }
  const parts = {
    config,
    host: host.name,
    machine: host,
    ...(command === undefined ? {} : { command }),
    distribution: host.distribution,
    version,
    change: (name: string, value: JsonValue) => changeSetting(context, name, value),
  }
  if (start.fileAlone !== undefined) {
    const { fileAlone } = start
    return componentView(parts, (name) => saidByFileAlone(config, name, fileAlone))
  }
  if (start.insideK3s !== true || closed !== undefined) return componentView(parts)
  return componentView(parts, (name) =>
    name === 'readOnlyPort' ? portOfK3s(config) : settingFact(config, name),
  )
}

/**
 * Whether k3s hands its kubelet `--read-only-port=0`, which its drop-in cannot say; undefined where the version is not
 * known. Source: k3s pkg/daemons/agent, kubeletArgsAndConfig; k3s-io/k3s#12164.
 */
function closesReadOnlyPort(version: Fact<string>): boolean | undefined {
  const found = version.known ? /^1\.(\d{1,3})\.(\d{1,3})/.exec(version.value) : null
  if (found === null) return undefined
  return Number(found[1]) > 32 || (found[1] === '32' && Number(found[2]) >= 4)
}

/** What the file says is named, but flags beat files: without the command line nobody knows. */
function saidByFileAlone(config: EffectiveConfig, name: string, path: string): Fact {
  const fact = settingFact(config, name)
  const setting = config.settings.find((candidate) => candidate.setting === name)
  const isInFile = setting?.source.kind === 'file' || setting?.source.kind === 'dropIn'
  if (fact.known || setting === undefined || !isInFile) return fact
  const file = setting.source.file ?? path
  const detail = `\`${file}\` sets \`${name}\` to \`${inWords(setting.value)}\`, which a flag may beat: no kubelet process or unit was seen`
  return unknown('no-source', detail, setting.origin)
}

function portOfK3s(config: EffectiveConfig): Fact {
  const setting = config.settings.find((candidate) => candidate.setting === 'readOnlyPort')
  if (setting !== undefined && setting.source.kind !== 'default') return settingFact(config, 'readOnlyPort')
  return unknown(
    'version-unknown',
    'k3s closes port 10255 with a flag of its own from 1.32.4; which version this is was not found',
  )
}
