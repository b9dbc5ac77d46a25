import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error: a plain script, typed by its use here
import { fingerprint } from '../../scripts/build/fingerprint.mjs'
import { emptyFolder } from '../kit/copy-project.js'

const hashOf = fingerprint as (root: string, names: readonly string[]) => string

describe('the fingerprint of the sources', () => {
  let folder: string
  const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text)
  const now = (): string => hashOf(folder, ['src', 'package.json', 'not-there'])

  beforeEach(() => {
    folder = emptyFolder('fingerprint')
    mkdirSync(path.join(folder, 'src/deep'), { recursive: true })
    write('src/a.ts', 'a')
    write('src/deep/b.ts', 'b')
    write('package.json', '{}')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    ['a changed file', () => write('src/deep/b.ts', 'c')],
    ['a new file', () => write('src/c.ts', '')],
    ['a file that is gone', () => rmSync(path.join(folder, 'src/a.ts'))],
    [
      'text that moved from one file to the next',
      () => (write('src/a.ts', 'ab'), write('src/deep/b.ts', '')),
    ],
    ['package.json', () => write('package.json', '{"version":"2.0.0"}')],
  ])('changes with %s', (_name, change) => {
    const before = now()
    change()
    expect(now()).not.toBe(before)
  })

  it.each([
    ['dates alone', () => utimesSync(path.join(folder, 'src/a.ts'), 1, 1)],
    ['a test', () => write('src/a.test.ts', 'test')],
    ['a file beside the sources', () => write('notes.md', '')],
  ])('stays with %s', (_name, change) => {
    const before = now()
    change()
    expect(now()).toBe(before)
  })
})
