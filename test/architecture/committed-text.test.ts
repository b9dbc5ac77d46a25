import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** Files that git knows; outside of a checkout there is nothing to judge. */
function committedFiles(): string[] {
  if (!existsSync(path.join(root, '.git'))) return []
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  return listed.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)))
}

/** Text that belongs to the machine it was written on. Built from parts, so that this file does not hold it. */
function machineTexts(): string[] {
  const parent = path.dirname(root)
  const folders = [root, parent, path.join(homedir(), 'go'), path.join(homedir(), '.npm')]
  const own = folders.filter(
    (folder) => folder.split('/').length > 1 && !['/', tmpdir(), homedir()].includes(folder),
  )
  const registries = [
    ['registry', 'npmjs'],
    ['registry', 'yarnpkg'],
    ['registry', 'npmmirror'],
    ['npm', 'pkg', 'github'],
  ].map((words) => words.join('.'))
  const modules = [['go', 'pkg', 'mod'].join('/')]
  return [...own.map((folder) => `${folder}/`), ...registries, ...modules]
}

describe('committed files', () => {
  const texts = committedFiles()
    .filter((file) => statSync(path.join(root, file)).size < 5_000_000)
    .map((file) => ({ file, bytes: readFileSync(path.join(root, file)) }))
    .filter(({ bytes }) => !bytes.subarray(0, 8000).includes(0))

  it.each(machineTexts())('hold no path or address of one machine: %s', (text) => {
    expect(texts.filter(({ bytes }) => bytes.includes(text)).map(({ file }) => file)).toEqual([])
  })

  it('hold a lock file without download addresses', () => {
    const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
    expect(lock).toContain('"lockfileVersion": 3')
    expect(lock).not.toContain('"resolved"')
  })
})
