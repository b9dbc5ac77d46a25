import { execFile, spawnSync } from 'node:child_process'
import path from 'node:path'

export interface CliRun {
  readonly code: number
  readonly out: string
  readonly err: string
}

const CLI = path.resolve('dist/cli.js')

/** Runs the built command line as a user would; `npm test` builds it first. */
export function rampart(
  args: readonly string[],
  options: { input?: string | Buffer; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): CliRun {
  const run = spawnSync(process.execPath, [CLI, ...args], {
    input: options.input ?? '',
    encoding: 'utf8',
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    maxBuffer: 256 * 1024 * 1024,
    timeout: 60_000,
  })
  if (run.error !== undefined) throw run.error
  return { code: run.status ?? -1, out: run.stdout, err: run.stderr }
}

/** The same without blocking, for tests that serve what the command line asks. */
export function rampartBeside(args: readonly string[]): Promise<CliRun> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' }
    execFile(process.execPath, [CLI, ...args], { env, timeout: 60_000 }, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1
      resolve({ code, out, err })
    })
  })
}
