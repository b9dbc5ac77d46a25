import { setTimeout as sleep } from 'node:timers/promises'
import { shellWord } from '../../../kube/index.js'
import { RampartError } from '../../../model/index.js'
import { HostUnreachable, type HostTransport } from './host-transport.js'

/**
 * Where a command of a step stands on its host.
 * - none: it was never started
 * - running: it goes on, whoever waits for it
 * - ended: it ended by itself
 * - cut: it was started, and neither runs nor ended by itself (the machine went down, or it was killed)
 */
export type JobState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly attempt: number; readonly pid: number; readonly output: string }
  | { readonly kind: 'ended'; readonly attempt: number; readonly status: number; readonly output: string }
  | { readonly kind: 'cut'; readonly attempt: number; readonly output: string }

/** The place of a job: a folder on the host that belongs to one step of one run. */
export interface JobPlace {
  readonly transport: HostTransport
  /** Absolute path. */
  readonly folder: string
}

export interface JobOptions extends JobPlace {
  readonly script: string
  /** Milliseconds after which it is no longer waited for. It is not ended: it may be in the middle of a change. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Told what is waited for, and the last line that the command printed. */
  readonly waiting?: (text: string) => void
  /** Milliseconds between two attempts to reach a host that was lost; for tests. */
  readonly retryEvery?: number
}

/** Seconds that one look at a job waits on the host for its end. */
const LOOK = 10
const RETRY_EVERY = 5000
const SHELL_WITHIN = 60_000
/** The end of the output that is brought here. */
const OUTPUT = 4000

/** `d` is the job's folder. Commands of administrators are in folders that a shell without login may not look into. */
const ENVIRONMENT = `d=\${0%/*}
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
DEBIAN_FRONTEND=noninteractive
export PATH LC_ALL DEBIAN_FRONTEND`

/**
 * Runs a script on a host once, however often the way there breaks: it is started in a session of its own, leaves its
 * output and status in its folder, and is found again. Gives the state that it ended in; throws where that cannot be
 * learnt in time. A job that runs already is waited for; one that ended before is started anew.
 */
export async function runHostJob(
  options: JobOptions,
): Promise<Exclude<JobState, { kind: 'none' | 'running' }>> {
  const deadline = Date.now() + options.timeoutMs
  const before = await persistently(options, deadline, () => jobState(options))
  let attempt = before.kind === 'none' ? 0 : before.attempt
  if (before.kind !== 'running') {
    attempt += 1
    await persistently(options, deadline, () => start(options, attempt))
  }
  for (;;) {
    const look = Math.min(LOOK, Math.max(1, Math.ceil((deadline - Date.now()) / 1000)))
    const state = await persistently(options, deadline, () => jobState(options, look))
    if (state.kind === 'ended' || state.kind === 'cut') return state
    const at = state.kind === 'running' ? ` (process ${state.pid})` : ''
    if (Date.now() > deadline) {
      throw new RampartError(
        'unreachable',
        `${options.transport.name}: the command still runs${at} after ${options.timeoutMs / 1000} s. It was left alone, because it may be in the middle of a change; its output is in ${options.folder}/${attempt}/out. Going on waits for it again; to end it: kill -- -${state.kind === 'running' ? state.pid : 'PID'}`,
      )
    }
    options.signal?.throwIfAborted()
    if (state.kind === 'running') options.waiting?.(lastLine(state.output))
  }
}

/** Asks once where a job stands; `lookFor` seconds are spent there waiting for its end. */
export async function jobState({ transport, folder }: JobPlace, lookFor = 0): Promise<JobState> {
  const { status, stdout, stderr } = await transport.run(stateScript(folder, lookFor), {
    timeoutMs: SHELL_WITHIN + lookFor * 1000,
  })
  const [head = '', ...rest] = stdout.split('\n')
  const found = /^(none|running|ended|cut) (\d{1,6}) (\d{1,10})$/.exec(head)
  if (status !== 0 || found === null) {
    throw new RampartError(
      'unreachable',
      `${transport.name}: its shell gave no answer: ${stderr.trim() || head}`,
    )
  }
  const [, kind, number = '0', value = '0'] = found
  const [attempt, output] = [Number(number), rest.join('\n')]
  if (kind === 'running') return { kind, attempt, pid: Number(value), output }
  if (kind === 'ended') return { kind, attempt, status: Number(value), output }
  return kind === 'cut' ? { kind, attempt, output } : { kind: 'none' }
}

/** The last line of an output that says something. */
export function lastLine(output: string): string {
  const lines = output.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  return (lines.at(-1) ?? '').trim().slice(0, 300)
}

async function persistently<T>(options: JobOptions, deadline: number, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    options.signal?.throwIfAborted()
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof HostUnreachable) || Date.now() > deadline) throw error
      options.waiting?.(`the host to answer again (${error.message})`)
      await sleep(options.retryEvery ?? RETRY_EVERY, undefined, { signal: options.signal }).catch(
        () => undefined,
      )
    }
  }
}

async function start({ transport, folder, script }: JobOptions, attempt: number): Promise<void> {
  const { status, stderr } = await transport.run(startScript(folder, attempt, script), {
    timeoutMs: SHELL_WITHIN,
  })
  if (status !== 0) {
    throw new RampartError(
      'unreachable',
      `${transport.name}: the command could not be started (status ${status}): ${lastLine(stderr)}`,
    )
  }
}

// INVARIANT: whoever makes the folder `go` decides: the runner, and then its process number is already in `pid`; or one
// who asks, and then the runner never begins. So a job that is called cut can not begin later.
const RUNNER = `d="$1"
echo "$$ $(cut -d' ' -f22 /proc/$$/stat) $(cat /proc/sys/kernel/random/boot_id)" >"$d/pid.new"
mv "$d/pid.new" "$d/pid"
mkdir "$d/go" 2>/dev/null || exit 0
sh "$d/script" >"$d/out" 2>&1 </dev/null
echo $? >"$d/rc.new"
sync "$d/rc.new" 2>/dev/null
mv "$d/rc.new" "$d/rc"`

function startScript(folder: string, attempt: number, script: string): string {
  return `umask 077
set -e
f=${shellWord(folder)}
mkdir -p "$f"
d="$f/${attempt}"
mkdir "$d" 2>/dev/null || exit 0
printf '%s\\n' ${shellWord(`${ENVIRONMENT}\n${script}`)} >"$d/script"
printf '%s\\n' ${shellWord(RUNNER)} >"$d/run"
: >"$d/out"
if command -v setsid >/dev/null 2>&1; then
  setsid sh "$d/run" "$d" </dev/null >/dev/null 2>&1 &
else
  nohup sh "$d/run" "$d" </dev/null >/dev/null 2>&1 &
fi
exit 0`
}

function stateScript(folder: string, lookFor: number): string {
  return `f=${shellWord(folder)}
n=0
while [ -d "$f/$((n + 1))" ]; do n=$((n + 1)); done
if [ "$n" = 0 ]; then echo "none 0 0"; exit 0; fi
d="$f/$n"
i=0
while [ ! -f "$d/rc" ] && [ "$i" -lt ${lookFor * 5} ]; do
  sleep 0.2
  i=$((i + 1))
  if [ -d "$d/go" ] && [ -f "$d/pid" ]; then
    read -r p rest <"$d/pid"
    [ -d "/proc/$p" ] || break
  fi
done
if [ ! -d "$d/go" ]; then
  sleep 2
  mkdir "$d/go" 2>/dev/null && : >"$d/never"
fi
s=cut v=0
if [ -f "$d/never" ]; then :
elif [ -f "$d/pid" ]; then
  read -r p t b <"$d/pid"
  if [ "$b" = "$(cat /proc/sys/kernel/random/boot_id)" ] && [ "$(cut -d' ' -f22 "/proc/$p/stat" 2>/dev/null)" = "$t" ]; then
    s=running v=$p
  fi
fi
# It may have ended while it was looked at.
if [ -f "$d/rc" ]; then s=ended v=$(cat "$d/rc"); fi
echo "$s $n $v"
tail -c ${OUTPUT} "$d/out" 2>/dev/null
exit 0`
}
