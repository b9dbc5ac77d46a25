import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** What the generators and the architecture gate read. */
const NEEDED = [
  'src',
  'data',
  'scripts',
  'test/kit',
  'docs/checks',
  'package.json',
  'tsconfig.json',
  '.prettierrc.json',
]

/** A copy of the project's sources in a new folder under the project, where packages resolve; the caller removes it. */
export function copyProject(name: string): string {
  const copy = emptyFolder(name)
  for (const part of NEEDED) {
    if (existsSync(path.join(root, part)))
      cpSync(path.join(root, part), path.join(copy, part), { recursive: true })
  }
  return copy
}

/** A new empty folder under the project; the caller removes it. */
export function emptyFolder(name: string): string {
  mkdirSync(path.join(root, '.tmp'), { recursive: true })
  return mkdtempSync(path.join(root, '.tmp', `${name}-`))
}
