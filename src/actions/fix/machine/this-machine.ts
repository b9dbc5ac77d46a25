import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runCommand } from '../../commands/index.js'
import type { HealthUrl, Machine, RunningProcess, ServerAnswer, UnitState } from './machine.js'

const ASK_MS = 3_000
const SYSTEMCTL_MS = 30_000

/** The machine that this program runs on. */
export function thisMachine(): Machine {
  return {
    processes,
    run: (words, timeoutMs) => runCommand(words, { timeoutMs }),
    unit: unitState,
    ask,
    listeners,
    end: (pid) => Promise.resolve(void process.kill(pid, 'SIGTERM')),
    wait: (ms) => delay(ms),
  }
}

async function processes(component: string): Promise<readonly RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^[1-9]\d*$/.test(name))
  const found: RunningProcess[] = []
  for (const pid of pids) {
    // The command line of a process that is ending is empty; it may be gone at any step.
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
    if (basename(words[0] ?? '') !== component) continue
    const started = startOf(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))
    if (started === undefined) continue
    const pod = podOf(await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => ''))
    found.push({ pid: Number(pid), started, ...(pod === undefined ? {} : { pod }) })
  }
  return found
}

/** Source: proc_pid_stat(5), fields 3 and 22; the second field is a name that may hold brackets and spaces. */
function startOf(text: string): number | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const started = Number(fields[19])
  return text === '' || fields[0] === 'Z' || !Number.isFinite(started) ? undefined : started
}

/**
 * The uid of the pod that a cgroup belongs to. The uid of a static pod is the hash of its manifest.
 * Source: kubernetes v1.36.2 pkg/kubelet/cm/pod_container_manager_linux.go, GetPodContainerName (`pod` and the uid);
 * pkg/kubelet/cm/cgroup_manager_linux.go, escapeSystemdCgroupName (dashes become underscores);
 * pkg/kubelet/config/common.go, applyDefaults (the uid of a pod from a file).
 */
export function podOf(cgroup: string): string | undefined {
  return /[/-]pod([0-9a-f]{32}|[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})(?:\.slice)?(?:\/|$)/m
    .exec(cgroup)?.[1]
    ?.replaceAll('_', '-')
}

async function unitState(name: string): Promise<UnitState | undefined> {
  // Source: sd_booted(3): the folder exists exactly where systemd is the first process.
  if (!(await stat('/run/systemd/system').catch(() => undefined))?.isDirectory()) return undefined
  const words = ['systemctl', 'show', '--property=LoadState,ActiveState,MainPID', '--', unitName(name)]
  const { stdout, status } = await runCommand(words, { timeoutMs: SYSTEMCTL_MS })
  const value = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(stdout)?.[1] ?? ''
  if (status !== 0) return { load: 'error', active: 'unknown', mainPid: 0 }
  return { load: value('LoadState'), active: value('ActiveState'), mainPid: Number(value('MainPID')) || 0 }
}

function unitName(name: string): string {
  return name.includes('.') ? name : `${name}.service`
}

function ask(where: HealthUrl): Promise<ServerAnswer> {
  return new Promise((resolve) => {
    const options: RequestOptions = { method: 'GET', timeout: ASK_MS, agent: false }
    const answered = (response: IncomingMessage): void => {
      response.resume()
      resolve({ kind: 'status', status: response.statusCode ?? 0 })
    }
    const request =
      'socket' in where
        ? httpRequest(
            { ...options, socketPath: where.socket, path: where.path, headers: { host: 'docker' } },
            answered,
          )
        : where.url.startsWith('https:')
          ? // Nothing secret is sent, and who answers is seen from the owner of the port.
            httpsRequest(where.url, { ...options, rejectUnauthorized: false }, answered)
          : httpRequest(where.url, options, answered)
    request.on('timeout', () => request.destroy(new Error('no answer in 3 s')))
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ kind: 'no-answer', reason: error.code ?? error.message }),
    )
    request.end()
  })
}

/** State of a listening socket. Source: Linux include/net/tcp_states.h, TCP_LISTEN. */
const LISTEN = '0A'

async function listeners(port: number): Promise<readonly number[] | undefined> {
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1)
    for (const line of lines) {
      // Source: proc_net_tcp: sl local_address rem_address st ... inode.
      const fields = line.trim().split(/\s+/)
      const [, local = '', , state] = fields
      if (state === LISTEN && Number.parseInt(local.split(':')[1] ?? '', 16) === port)
        inodes.add(fields[9] ?? '')
    }
  }
  if (inodes.size === 0) return []
  const owners: number[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^[1-9]\d*$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')
      if (inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? 'none')) {
        owners.push(Number(pid))
        break
      }
    }
  }
  // Only root sees the sockets of others.
  return owners.length === 0 ? undefined : owners
}
