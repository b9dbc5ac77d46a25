// Starts other programs the way every script here wants it: no standard input, output shown, exit code returned.
import { spawnSync } from 'node:child_process'
import { projectRoot } from './project-root.mjs'

/** Runs a program in the project's folder and returns its exit code (1 when it could not start or was killed). */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  })
  if (result.error) console.error(`cannot start ${command}: ${result.error.message}`)
  return result.status ?? 1
}

/** Runs npm: the one that started this script where there is one, so that no second npm has to be found. */
export function npm(args, options = {}) {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options)
  return run('npm', args, { shell: process.platform === 'win32', ...options })
}
