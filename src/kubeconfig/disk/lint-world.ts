import { readFileSync, statSync } from 'node:fs'
import type { LintWorld } from '../lint/lint-file.js'
import { findProgram } from './find-program.js'

/** A certificate file that is larger is none. */
const LARGEST = 4 * 1024 * 1024

/** What lint may ask about this machine: regular files alone, so that no pipe or device is ever waited for. */
export function lintWorld(options: {
  readonly cwd: string
  readonly path: string
  readonly now: Date
  readonly expiringWithin: number
}): LintWorld {
  const stat = (file: string): ReturnType<typeof statSync> => {
    try {
      return statSync(file, { throwIfNoEntry: false })
    } catch {
      return undefined
    }
  }
  return {
    ...options,
    facts: (file) => {
      const found = stat(file)
      return found === undefined ? undefined : { mode: Number(found.mode), isRegular: found.isFile() }
    },
    read: (file) => {
      const found = stat(file)
      if (found?.isFile() !== true || found.size > LARGEST) return undefined
      try {
        return readFileSync(file)
      } catch {
        return undefined
      }
    },
    findProgram: (command) => findProgram(command, options.path),
  }
}
