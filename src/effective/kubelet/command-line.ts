import { type Argument, type Command, type EffectiveConfig, type Host } from '../../model/index.js'
import { k3sArguments } from '../../kube/index.js'
import { parseFlags, type FlagTable } from '../../text/index.js'
import { argumentsWithPlaces, gapsOf, surestFirst } from '../argument-places.js'

/** How a kubelet of a host is started, as far as it was seen. */
export interface KubeletStart {
  readonly command?: Command
  readonly args: readonly Argument[]
  /** What of the command line was not seen. */
  readonly gaps: EffectiveConfig['gaps']
  /** Whether it runs inside k3s with drop-ins, so that k3s adds flags that nothing shows. */
  readonly insideK3s?: boolean
  /** The only thing seen of it: a configuration file at an installer's place. */
  readonly fileAlone?: string
}

/** The kubelet's command line on a host: the running process before all files; undefined for a host without a kubelet. */
export function kubeletStartOf(host: Host): KubeletStart | undefined {
  const commands = host.commands.filter((command) => command.component === 'kubelet')
  const [command, ...others] = surestFirst(commands)
  if (command !== undefined) {
    return { command, args: argumentsWithPlaces(command.args, others), gaps: gapsOf(command) }
  }
  return k3sStart(host) ?? startFromFileAlone(host)
}

const K3S_DROP_INS = '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d'
const K3S_FLAGS: FlagTable = {
  'kubelet-arg': { type: 'stringArray' },
  config: { type: 'string', shorthand: 'c' },
}

/**
 * k3s runs the kubelet inside its own process: from 1.32 with drop-ins that it writes, and with what kubelet-arg adds.
 * Older ones hand all settings over as flags that nothing shows.
 */
function k3sStart(host: Host): KubeletStart | undefined {
  const known = k3sArguments(host)
  const command = known?.command ?? host.commands.find((candidate) => candidate.component === 'k3s')
  if (command === undefined && host.distribution !== 'k3s') return undefined
  const drops = [...host.files.keys()].some((path) => path.startsWith(`${K3S_DROP_INS}/`))
  const base: Argument[] = drops ? [{ value: `--config-dir=${K3S_DROP_INS}` }] : []
  const given = known?.gap === undefined ? (known?.args ?? []) : []
  const fromFlags = parseFlags(given, K3S_FLAGS)
    .values.filter((flag) => flag.name === 'kubelet-arg')
    .map((flag) => ({ ...flag.argument, value: `--${flag.raw}` }))
  const detail = known?.gap ?? 'k3s runs the kubelet in its own process and its flags were not seen'
  const seen = drops && known !== undefined && known.gap === undefined
  return {
    ...(command === undefined ? {} : { command }),
    args: [...base, ...fromFlags],
    ...(drops ? { insideK3s: true } : {}),
    gaps: seen ? [] : [{ reason: 'no-source', detail }],
  }
}

/** Where installers put the configuration file. */
const CONFIG_PATHS = [
  '/var/lib/kubelet/config.yaml',
  '/etc/kubernetes/kubelet-config.yaml',
  '/etc/kubernetes/kubelet/config.json',
  '/etc/kubernetes/kubelet/kubelet-config.json',
  '/etc/kubernetes/kubelet/config',
  '/etc/kubernetes/kubelet.yaml',
  '/etc/default/kubeletconfig.json',
  '/home/kubernetes/kubelet-config.yaml',
  '/var/lib/k0s/kubelet-config.yaml',
  '/etc/kubernetes/kubelet.conf',
]

function startFromFileAlone(host: Host): KubeletStart | undefined {
  const path = CONFIG_PATHS.find((candidate) => {
    const file = host.files.get(candidate)
    // kubeadm keeps a kubeconfig where OpenShift keeps its KubeletConfiguration.
    return file?.text === undefined
      ? file?.unreadable !== undefined && candidate !== '/etc/kubernetes/kubelet.conf'
      : /\bKubeletConfiguration\b/.test(file.text)
  })
  if (path === undefined) return undefined
  const detail = `no kubelet process, unit or arguments file of host \`${host.name}\` was seen; its flags may say otherwise than \`${path}\``
  return { args: [{ value: `--config=${path}` }], gaps: [{ reason: 'no-source', detail }], fileAlone: path }
}
