import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const VAGUE = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'manager'])
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/
/** Folders whose names are inputs of the product, or written by somebody else. */
const FOREIGN = new Set(['fixtures', 'data', 'node_modules'])

/** Paths below a folder, files and folders, relative to the project. */
function namesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !(entry.isDirectory() && FOREIGN.has(entry.name)))
    .flatMap((entry) => {
      const name = path.posix.join(folder, entry.name)
      return entry.isDirectory() ? [name, ...namesUnder(name)] : [name]
    })
}

/** The words before the endings: `name.test.ts` -> `name`. */
const stem = (name: string): string => path.basename(name).replace(/(?<=.)\..*$/, '')

describe('names of files and folders', () => {
  const names = ['src', 'test', 'scripts', 'bench'].flatMap(namesUnder)

  it('finds the sources', () => {
    expect(names).toContain('src/model/index.ts')
  })

  it('says what is inside: none is called utils, helpers, common, shared, misc or manager', () => {
    expect(names.filter((name) => VAGUE.has(stem(name)))).toEqual([])
  })

  it('is kebab-case', () => {
    expect(names.filter((name) => stem(name) !== 'README' && !KEBAB_CASE.test(stem(name)))).toEqual([])
  })
})
