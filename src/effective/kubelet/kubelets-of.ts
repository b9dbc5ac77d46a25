import type { Estate, Host } from '../../model/index.js'
import { componentView, type ComponentView } from '../component.js'
import { changeSetting } from './change-setting.js'
import { kubeletStartOf } from './command-line.js'
import { kubeletOfConfigMap } from './config-map-view.js'
import { viewOfHost } from './host-view.js'
import { resolveKubeletFully } from './resolve.js'
import { kubeletVersionOf } from './version-of.js'

/**
 * One view for each host that has a kubelet, in the order of host names. Where no host was read, one for all nodes from
 * the ConfigMap that kubeadm keeps.
 */
export function kubeletsOf(estate: Estate): ComponentView[] {
  const hosts = [...estate.hosts].sort((left, right) => (left.name < right.name ? -1 : 1))
  const views = hosts.flatMap((host) => kubeletOfHost(host, estate) ?? [])
  if (views.length > 0) return views
  const shared = kubeletOfConfigMap(estate)
  return shared === undefined ? [] : [shared]
}

function kubeletOfHost(host: Host, estate: Estate): ComponentView | undefined {
  const start = kubeletStartOf(host)
  if (start === undefined) return undefined
  const { command } = start
  const version = kubeletVersionOf(estate, host, command)
  const resolved = resolveKubeletFully({
    host: host.name,
    args: start.args,
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
  return componentView({
    config,
    host: host.name,
    machine: host,
    ...(command === undefined ? {} : { command }),
    distribution: host.distribution,
    version,
    change: (name, value) => changeSetting(context, name, value),
  })
}
