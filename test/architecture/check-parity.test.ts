import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: a plain script, typed by its use here
import { findChecks } from '../../scripts/generate/find-checks.mjs'
import { checks as catalogue } from '../../src/checks/index.js'

interface CheckFile {
  readonly id: string
  readonly area: string
  readonly constant: string
  readonly file: string
}

const root = path.resolve(import.meta.dirname, '../..')
const files = (findChecks as (root: string) => CheckFile[])(root)
const read = (file: string): string =>
  existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : ''

describe('every check', () => {
  it('stands in the catalogue, in the order of ids, and nothing else does', () => {
    expect(files.length).toBeGreaterThan(0)
    expect(catalogue.map(({ id }) => id)).toEqual(files.map(({ id }) => id))
  })

  it('has an id and aliases that no other check uses', () => {
    const ids = catalogue.flatMap(({ id, aliases = [] }) => [id, ...aliases])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('has a title, a reason, a why, a reference and examples without gaps', () => {
    const unfinished = catalogue.filter(
      ({ title, because, why, references, examples }) =>
        [title, because, why, ...references].some((text) => text.trim() === '' || /\bTODO\b/.test(text)) ||
        references.length === 0 ||
        JSON.stringify(examples.bad) === JSON.stringify(examples.good),
    )
    expect(unfinished.map(({ id }) => id)).toEqual([])
  })

  // checkTests refuses a table without failing, passing, odd and unknown rows; escalationTests makes such a table
  // from what the technique needs, and hands it to checkTests.
  it('has a test beside it that runs the table of this check', () => {
    const untested = files.filter(({ file, constant }) => {
      const test = read(file.replace(/\.ts$/, '.test.ts'))
      return !new RegExp(`\\b(checkTests|escalationTests)\\(\\s*${constant}\\b`).test(test)
    })
    expect(untested.map(({ file }) => file)).toEqual([])
  })

  it('has a page that names it', () => {
    const without = files.filter(({ id }) => !read(`docs/checks/${id}.md`).includes(`\`${id}\``))
    expect(without.map(({ id }) => id)).toEqual([])
  })
})
