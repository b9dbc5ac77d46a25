import { setTimeout as pause } from 'node:timers/promises'
import { RampartError } from '../../model/index.js'
import { runCommand } from '../commands/index.js'
import type { Restart } from './inventory.js'

/** systemd waits 90 s for a service by default; a daemon with many containers needs a while to stop. */
const RESTART_WITHIN = 180_000
const SHORT = 30_000

/**
 * Restarts dockerd, or throws what the restart said. systemd starts a unit so many times in a short time alone (Debian's
 * docker.service three times a minute), and a restart beyond that stops it and refuses to start it: so the count is set
 * back first, as after a failure. Source: systemd.unit(5), StartLimitIntervalSec=.
 */
export async function restartDaemon(restart: Restart, signal?: AbortSignal): Promise<void> {
  if (restart.kind === 'command') return run(['/bin/sh', '-c', restart.command], RESTART_WITHIN, signal)
  await run(['systemctl', 'daemon-reload'], SHORT, signal)
  await runCommand(['systemctl', 'reset-failed', restart.unit], { timeoutMs: SHORT })
  await run(['systemctl', 'restart', restart.unit], RESTART_WITHIN, signal)
}

/** The command in words, for plans and messages. */
export function restartWords(restart: Restart): string {
  return restart.kind === 'command'
    ? restart.command
    : `systemctl daemon-reload && systemctl restart ${restart.unit}`
}

async function run(words: readonly string[], timeoutMs: number, signal?: AbortSignal): Promise<void> {
  const result = await runCommand(words, { timeoutMs, ...(signal === undefined ? {} : { signal }) })
  if (result.status === 0) return
  const shown = words[0] === '/bin/sh' ? (words[2] ?? '') : words.join(' ')
  const how = result.timedOut
    ? `did not end within ${timeoutMs / 1000} s`
    : `ended with ${result.status === undefined ? (result.endedBy ?? 'a signal') : `exit code ${result.status}`}`
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-5).join('\n')
  throw new RampartError('not-allowed', `\`${shown}\` ${how}${said === '' ? '' : `: ${said}`}`)
}

const BETWEEN = 250

/** Asks again and again until the answer is yes; false when the time is over. */
export async function waitUntil(
  holds: () => Promise<boolean>,
  { withinMs, signal }: { readonly withinMs: number; readonly signal?: AbortSignal },
): Promise<boolean> {
  const end = Date.now() + withinMs
  for (;;) {
    if (await holds()) return true
    if (Date.now() >= end || signal?.aborted === true) return false
    await pause(BETWEEN)
  }
}
