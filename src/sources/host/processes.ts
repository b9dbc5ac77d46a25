import { REDACTED, type Command, type Problem } from '../../model/index.js'
import { isSecretKey, redactArguments } from '../../text/index.js'
import { componentOf } from './components.js'
import type { HostFs } from './host-fs.js'

export interface Processes {
  readonly commands: readonly Command[]
  /** Whether /proc showed any process at all. */
  readonly seen: boolean
  readonly problems: readonly Problem[]
}

const CMDLINE_BYTES = 2 * 1024 * 1024
const MAX_PROCESSES = 200_000

/** Variables that are settings of a component; nothing else of an environment is kept. */
const SETTINGS: Readonly<Record<string, RegExp>> = {
  kubelet: /^KUBELET_CONFIG_DROPIN_DIR_ALPHA$/,
  etcd: /^ETCD_/,
  dockerd:
    /^(?:DOCKER(?:D|_(?:TLS|TLS_VERIFY|HOST|CERT_PATH|CONFIG|RAMDISK|MIN_API_VERSION))?|HOME|ROOTLESSKIT_STATE_DIR|XDG_RUNTIME_DIR)$/,
}

/** Reads the components among a host's running processes from /proc. */
export async function readProcesses(fs: HostFs, host: string): Promise<Processes> {
  const names = await fs.readdir('/proc')
  const pids = (names.ok ? names.value : [])
    .filter((name) => /^[1-9]\d{0,9}$/.test(name))
    .map(Number)
    .sort((left, right) => left - right)
  const commands: Command[] = []
  const problems: Problem[] = []
  let seen = false
  const boot = await bootTime(fs)
  for (const pid of pids.slice(0, MAX_PROCESSES)) {
    const cmdline = await fs.readText(`/proc/${pid}/cmdline`, CMDLINE_BYTES)
    if (!cmdline.ok) continue
    seen = true
    const words = splitCmdline(cmdline.value)
    const start = componentOf(words[0] ?? '', redactArguments(words.slice(1)), (word) => word)
    if (start === undefined) continue
    if (await isNested(fs, pid, start.component)) {
      problems.push(nestedProblem(host, pid, start.component))
      continue
    }
    const started = await startTime(fs, pid, boot)
    const workingDirectory = await fs.readlink(`/proc/${pid}/cwd`)
    const environment = await environmentOf(fs, pid, start.component)
    commands.push({
      component: start.component,
      source: 'process',
      executable: start.executable,
      args: (start.title === undefined ? start.args : [start.title]).map((value) => ({ value })),
      pid,
      described: `process ${pid}`,
      ...(start.title === undefined ? {} : { cut: true }),
      ...(workingDirectory.ok ? { workingDirectory: workingDirectory.value } : {}),
      ...(started === undefined ? {} : { started }),
      ...(environment === undefined ? {} : { environment }),
    })
  }
  return { commands, seen, problems }
}

/** Arguments end with NUL; what some programs leave behind a rewritten title is not an argument. */
function splitCmdline(text: string): string[] {
  const words = text.split('\0')
  while (words.at(-1) === '') words.pop()
  return words
}

/**
 * Whether a process belongs to another node that runs in a container here (kind, Docker in Docker): node services
 * share the host's process namespace, pods have one of their own.
 */
async function isNested(fs: HostFs, pid: number, component: string): Promise<boolean> {
  const status = await fs.readText(`/proc/${pid}/status`, CMDLINE_BYTES)
  if (!status.ok) return false
  const levels = /^NSpid:\s+([\d\s]+)$/m.exec(status.value)?.[1]?.trim().split(/\s+/).length ?? 1
  const pods = component.startsWith('kube-') || component === 'etcd'
  return levels > (pods ? 2 : 1)
}

function nestedProblem(host: string, pid: number, component: string): Problem {
  return {
    code: 'unreadable',
    level: 'warning',
    message: `process ${pid} (\`${component}\`) runs in a container that is a node of its own: it is left out of this host`,
    place: { file: `/proc/${pid}`, host },
  }
}

/** Seconds since 1970 of the boot. Source: proc_stat(5), btime. */
async function bootTime(fs: HostFs): Promise<number | undefined> {
  const stat = await fs.readText('/proc/stat', CMDLINE_BYTES)
  const time = stat.ok ? /^btime (\d{1,15})$/m.exec(stat.value)?.[1] : undefined
  return time === undefined ? undefined : Number(time)
}

/** USER_HZ is 100 on all platforms that Kubernetes runs on. Source: proc_pid_stat(5), field 22. */
const TICKS_PER_SECOND = 100

async function startTime(fs: HostFs, pid: number, boot: number | undefined): Promise<number | undefined> {
  const stat = await fs.readText(`/proc/${pid}/stat`, CMDLINE_BYTES)
  if (!stat.ok || boot === undefined) return undefined
  // The name in brackets may hold blanks and brackets, so counting begins behind its last one.
  const fields = stat.value.slice(stat.value.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[19])
  return Number.isFinite(ticks) ? boot + Math.floor(ticks / TICKS_PER_SECOND) : undefined
}

async function environmentOf(
  fs: HostFs,
  pid: number,
  component: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const wanted = Object.hasOwn(SETTINGS, component) ? SETTINGS[component] : undefined
  const environ = wanted === undefined ? undefined : await fs.readText(`/proc/${pid}/environ`, CMDLINE_BYTES)
  if (wanted === undefined || environ?.ok !== true) return undefined
  return settingsAmong(component, environ.value.split('\0'))
}

/** The variables of a component that are settings, of words like `NAME=value`. */
export function settingsAmong(component: string, words: readonly string[]): Readonly<Record<string, string>> {
  const wanted = Object.hasOwn(SETTINGS, component) ? SETTINGS[component] : undefined
  const kept = words.flatMap((word) => {
    const equals = word.indexOf('=')
    const name = word.slice(0, Math.max(0, equals))
    if (wanted?.test(name) !== true) return []
    const value = word.slice(equals + 1)
    if (isSecretKey(name) && !/^(?:true|false|\d{0,9})$/i.test(value)) return [[name, REDACTED] as const]
    return [[name, value] as const]
  })
  return Object.fromEntries(kept)
}
