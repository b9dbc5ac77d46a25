import { readFileSync } from 'node:fs'

/**
 * When a process began, in clock ticks after the boot: with its number it names one process for ever. Undefined when there
 * is none. Source: proc_pid_stat(5), field 22; the name in brackets may itself hold brackets and blanks.
 */
export function processStart(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const started = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    return Number.isFinite(started) ? started : undefined
  } catch {
    return undefined
  }
}
