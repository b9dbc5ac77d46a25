import { posix } from 'node:path'
import type { Finding, Host } from '../../model/index.js'
import type { Restart } from './fix-plan.js'

/** A finding that is mended on a host, with the files that change there for it. */
export interface RestartWish {
  readonly host: Host
  readonly finding: Finding
  /** Files of the host that the fix edits. */
  readonly files: readonly string[]
}

export interface RestartChoice {
  /** Words of the user's own commands, by name: kubelet, docker, kube-apiserver ... */
  readonly commands: ReadonlyMap<string, readonly string[]>
}

/**
 * What starts anew, once for each service and host, in the order in which that is safe: container runtimes, the kubelet,
 * then what the kubelet starts.
 */
export function planRestarts(
  wishes: readonly RestartWish[],
  { commands }: RestartChoice,
): readonly Restart[] {
  const found = new Map<string, Restart>()
  for (const wish of wishes) {
    for (const restart of restartsOf(wish)) {
      const key = `${restart.host}\n${restart.name}`
      const before = found.get(key)
      found.set(key, before === undefined ? restart : together(before, restart))
    }
  }
  const reload = new Set(wishes.filter(({ files }) => files.some(isUnitFile)).map(({ host }) => host.name))
  return [...found.values()]
    .map((restart) => {
      const argv = commands.get(restart.name) ?? commands.get(restart.component)
      if (argv !== undefined) {
        const { host, name, component, checks } = restart
        return { kind: 'command' as const, host, name, component, words: argv.join(' '), checks, argv }
      }
      if (restart.kind !== 'unit') return restart
      return withWords({ ...restart, daemonReload: restart.daemonReload || reload.has(restart.host) })
    })
    .sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : orderOf(a) - orderOf(b)))
}

function withWords(restart: Extract<Restart, { kind: 'unit' }>): Restart {
  const { daemonReload, verb, units } = restart
  return {
    ...restart,
    words: `${daemonReload ? 'systemctl daemon-reload && ' : ''}systemctl ${verb} ${units.join(' ')}`,
  }
}

function isUnitFile(file: string): boolean {
  return /\/systemd\/(?:system|user)\//.test(file)
}

const ORDER = ['containerd', 'crio', 'docker', 'kubelet', 'etcd', 'kube-apiserver']

function orderOf({ name }: Restart): number {
  const at = ORDER.indexOf(name)
  return at < 0 ? ORDER.length : at
}

/** A manifest that changes restarts its pod whatever the fix says; else the words of the fix count. */
function restartsOf({ host, finding, files }: RestartWish): Restart[] {
  const checks = [finding.check]
  const pods = host.commands.filter(
    (command) =>
      command.source === 'static-pod' &&
      command.args.some(({ file }) => file !== undefined && files.includes(file)),
  )
  if (pods.length > 0)
    return pods.map(({ component, args }) => ({
      kind: 'static-pod',
      host: host.name,
      name: component,
      component,
      words: `the kubelet starts ${component} anew when it sees the file`,
      file: args.find(({ file }) => file !== undefined)?.file ?? '',
      checks,
    }))
  return [...new Set((finding.fix?.restart ?? '').split('; '))]
    .filter((words) => words !== '')
    .map((words) => ({ ...readWords(words, host), host: host.name, checks }))
}

/** Programs of units whose process has another name. */
const PROGRAMS: Readonly<Record<string, string>> = {
  docker: 'dockerd',
  'k3s-agent': 'k3s',
  'rke2-server': 'rke2',
  'rke2-agent': 'rke2',
}

type RestartKind = Restart extends infer One
  ? One extends Restart
    ? Omit<One, 'host' | 'checks'>
    : never
  : never

function readWords(words: string, host: Host): RestartKind {
  const system =
    /^(systemctl daemon-reload && )?systemctl (restart|try-restart|reload) ([\w@.-]+(?: [\w@.-]+)*)$/.exec(
      words,
    )
  if (system !== null) {
    const units = (system[3] ?? '').split(' ')
    const name = units[0] ?? ''
    return {
      kind: 'unit',
      name,
      component: PROGRAMS[name] ?? name,
      words,
      units,
      verb: system[2] as 'restart' | 'try-restart' | 'reload',
      daemonReload: system[1] !== undefined,
    }
  }
  const snap = /^snap restart ([\w.-]+)$/.exec(words)
  if (snap !== null)
    return { kind: 'command', name: snap[1] ?? '', component: 'kubelite', words, argv: words.split(' ') }
  return ofComponent(words, host)
}

/** A component by its own name: its unit or its static pod on this host. */
function ofComponent(words: string, host: Host): RestartKind {
  const own = host.commands.filter(({ component }) => component === words)
  const pod = own.find(({ source }) => source === 'static-pod')
  const file = pod?.args.find((argument) => argument.file !== undefined)?.file
  if (file !== undefined)
    return {
      kind: 'static-pod',
      name: words,
      component: words,
      words: `${words} is ended, and the kubelet starts it anew`,
      file,
    }
  const described = own.find(({ source }) => source === 'unit')?.described
  const unit = /^unit (\S+?)(?:\.service)?$/.exec(described ?? '')?.[1] ?? USUAL_UNITS.get(words)
  if (unit !== undefined)
    return {
      kind: 'unit',
      name: words,
      component: PROGRAMS[words] ?? words,
      words: `systemctl restart ${unit}`,
      units: [unit],
      verb: 'restart',
      daemonReload: false,
    }
  return { kind: 'by-hand', name: posix.basename(words), component: words, words }
}

const USUAL_UNITS: ReadonlyMap<string, string> = new Map([
  ['kubelet', 'kubelet'],
  ['containerd', 'containerd'],
  ['crio', 'crio'],
])

/** Two wishes about one service: a restart does all that a reload does. */
function together(one: Restart, other: Restart): Restart {
  const checks = [...new Set([...one.checks, ...other.checks])].sort()
  if (one.kind === 'unit' && other.kind === 'unit') {
    return {
      ...(one.verb === 'reload' ? other : one),
      units: [...new Set([...one.units, ...other.units])],
      daemonReload: one.daemonReload || other.daemonReload,
      checks,
    }
  }
  return { ...one, checks }
}
