import { execFileSync } from 'node:child_process'
import path from 'node:path'

export const RAMPART = [process.execPath, path.resolve('dist/cli.js')] as const

/** Runs the built command line on this machine, and gives what it prints. */
export function rampart(...args: readonly string[]): string {
  const [program, ...rest] = RAMPART
  return execFileSync(program, [...rest, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
