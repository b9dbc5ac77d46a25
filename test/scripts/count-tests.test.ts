import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyFolder } from '../kit/copy-project.js'

const script = path.resolve(import.meta.dirname, '../../scripts/test/run-vitest.mjs')
const TEST = `import { it, describe, beforeAll, expect } from 'vitest'\n`

describe('the counts of npm test', () => {
  let folder: string
  beforeEach(() => {
    folder = emptyFolder('count-tests')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** What `npm test` would count for these test files. */
  function count(files: Readonly<Record<string, string>>, ...args: string[]): unknown {
    writeFileSync(
      path.join(folder, 'vitest.config.mjs'),
      `export default { test: { include: ['*.test.mjs'] } }`,
    )
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
    const program = `
      const { runVitest } = await import(${JSON.stringify(script)})
      console.log('\\nCOUNTS ' + JSON.stringify(runVitest(${JSON.stringify(['--root', folder, ...args])})))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    })
    return JSON.parse(/^COUNTS (.*)$/m.exec(stdout)?.[1] ?? 'null')
  }

  it('are of tests, by what became of them', () => {
    const file = `${TEST}it('a', () => {})\nit('b', () => {})\nit('c', () => expect(1).toBe(2))\nit.skip('d', () => {})`
    expect(count({ 'one.test.mjs': file })).toEqual({ passed: 2, failed: 1, skipped: 1 })
  })

  it('have a failure for a file that cannot be loaded', () => {
    const files = { 'good.test.mjs': `${TEST}it('a', () => {})`, 'bad.test.mjs': `import './not-there.mjs'` }
    expect(count(files)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('have a failure for an error outside of any test', () => {
    const file = `${TEST}it('a', () => { setTimeout(() => { throw new Error('late') }) })\nit('b', () => new Promise((done) => setTimeout(done, 50)))`
    expect(count({ 'late.test.mjs': file })).toEqual({ passed: 2, failed: 1, skipped: 0 })
  })

  it('have a failure for a hook that fails', () => {
    const file = `${TEST}describe('s', () => { beforeAll(() => { throw new Error('hook') })\nit('a', () => {}) })`
    expect(count({ 'hook.test.mjs': file })).toMatchObject({ passed: 0, failed: 1 })
  })

  it('count a suite inside of a skipped one as skipped, and not a failure', () => {
    const file = `${TEST}it('a', () => {})\ndescribe.skip('s', () => { describe.skipIf(false)('t', () => { it('b', () => {}) }) })`
    expect(count({ 'nested.test.mjs': file })).toEqual({ passed: 1, failed: 0, skipped: 1 })
  })

  it('have a failure when there is no test', () => {
    expect(count({}, 'nothing-is-called-so')).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})
