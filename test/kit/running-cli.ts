import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

/** The command line as a process that goes on. */
export interface RunningCli {
  readonly process: ChildProcess
  /** Everything that it wrote to standard error so far. */
  err(): string
  /** Waits until its standard error matches. */
  until(pattern: RegExp): Promise<RegExpExecArray>
  /** Its exit code. */
  ended(): Promise<number | null>
}

/** Starts the built command line and leaves it running. */
export function startCli(args: readonly string[]): RunningCli {
  const child = spawn(process.execPath, [path.resolve('dist/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const waiting = new Set<() => void>()
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    for (const look of waiting) look()
  })
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return {
    process: child,
    err: () => text,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${String(pattern)} in:\n${text}`)), 20_000)
        const look = (): void => {
          const found = pattern.exec(text)
          if (found === null) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    ended: () => exit,
  }
}
