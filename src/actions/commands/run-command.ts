import { spawn } from 'node:child_process'
import { RampartError } from '../../model/index.js'

export interface CommandOptions {
  readonly timeoutMs: number
  readonly cwd?: string
  /** The whole environment; this process's own without it. */
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly signal?: AbortSignal
}

export interface CommandResult {
  /** The exit status; undefined when the program was ended by a signal or by the time limit. */
  readonly status?: number
  readonly endedBy?: string
  readonly timedOut: boolean
  /** The last 256 KiB of each. */
  readonly stdout: string
  readonly stderr: string
}

const KEPT_BYTES = 256 * 1024
/** How long a program has to end by itself before it is killed, in milliseconds. */
const GRACE = 5_000
/** How long the output of a program that has ended is waited for, in milliseconds. */
const LINGER = 1_000

/**
 * Runs a program and waits for its end, not for that of daemons that it leaves behind. A status other than 0 is an answer, not an error; a program that does not exist or
 * may not be run is one. At the time limit, or when the signal is aborted, the program and what it started get SIGTERM,
 * then SIGKILL.
 */
export async function runCommand(words: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const [program, ...args] = words
  if (program === undefined) throw new RampartError('usage', 'an empty command cannot be run')
  const { cwd, env, stdin, signal, timeoutMs } = options
  return new Promise((resolve, reject) => {
    // A group of its own, so that the end reaches what the program itself started.
    const child = spawn(program, args, {
      detached: true,
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
    })
    const stdout = tail(child.stdout)
    const stderr = tail(child.stderr)
    let timedOut = false
    let killer: NodeJS.Timeout | undefined
    let lingering: NodeJS.Timeout | undefined
    const end = (): void => {
      endGroup(child.pid, 'SIGTERM')
      killer ??= setTimeout(() => endGroup(child.pid, 'SIGKILL'), GRACE)
    }
    const timer = setTimeout(() => {
      timedOut = true
      end()
    }, timeoutMs)
    const settle = (): void => {
      clearTimeout(timer)
      clearTimeout(killer)
      clearTimeout(lingering)
      signal?.removeEventListener('abort', end)
    }
    if (signal?.aborted === true) end()
    signal?.addEventListener('abort', end, { once: true })
    child.on('error', (error: NodeJS.ErrnoException) => {
      settle()
      const why = error.code === 'ENOENT' ? 'it is not installed here' : (error.code ?? error.message)
      reject(new RampartError('not-allowed', `\`${program}\` cannot be run: ${why}`, { cause: error }))
    })
    const answer = (status: number | null, endedBy: NodeJS.Signals | null): void => {
      settle()
      child.stdout?.destroy()
      child.stderr?.destroy()
      resolve({
        ...(status === null ? {} : { status }),
        ...(endedBy === null ? {} : { endedBy }),
        timedOut,
        stdout: stdout(),
        stderr: stderr(),
      })
    }
    child.on('close', answer)
    // A daemon that the program left behind holds the pipes open for as long as it lives.
    child.on('exit', (status, endedBy) => {
      lingering = setTimeout(() => {
        answer(status, endedBy)
      }, LINGER)
    })
    // A program that does not read its input must not end this one.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(stdin)
  })
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended already.
  }
}

/** Keeps the end of a stream. */
function tail(stream: NodeJS.ReadableStream | null): () => string {
  let kept = Buffer.alloc(0)
  stream?.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk])
    if (kept.length > KEPT_BYTES) kept = kept.subarray(kept.length - KEPT_BYTES)
  })
  return () => kept.toString('utf8')
}
