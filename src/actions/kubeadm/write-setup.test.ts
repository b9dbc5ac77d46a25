import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SetupFile } from './plan-setup.js'
import { writeSetup } from './write-setup.js'

const FILES: readonly SetupFile[] = [
  { path: 'etc/kubernetes/hardening/encryption.yaml', mode: 0o600, secret: true, text: 'key\n' },
  { path: 'STEPS.md', mode: 0o644, secret: false, text: '# Steps\n' },
]

let base: string
beforeEach(() => (base = mkdtempSync(path.join(tmpdir(), 'rampart-setup-'))))
afterEach(() => rmSync(base, { recursive: true, force: true }))

const modeOf = (file: string): number => statSync(file).mode & 0o777

describe('writeSetup', () => {
  it.each(['new', 'below/that/is/new'])('writes all files with their modes, into %s', async (name) => {
    const before = process.umask(0o077)
    try {
      await writeSetup(path.join(base, name), FILES)
    } finally {
      process.umask(before)
    }
    for (const { path: file, mode, text } of FILES) {
      expect(readFileSync(path.join(base, name, file), 'utf8')).toBe(text)
      expect(modeOf(path.join(base, name, file))).toBe(mode)
    }
    expect(modeOf(path.join(base, name))).toBe(0o700)
    expect(readdirSync(path.dirname(path.join(base, name)))).toEqual([path.basename(name)])
  })

  it('takes an empty folder', async () => {
    mkdirSync(path.join(base, 'empty'))
    await writeSetup(path.join(base, 'empty'), FILES)
    expect(readdirSync(path.join(base, 'empty')).sort()).toEqual(['STEPS.md', 'etc'])
  })

  it.each<[string, (folder: string) => void, object]>([
    [
      'a folder with a file in it',
      (folder) => {
        mkdirSync(folder)
        writeFileSync(path.join(folder, '.keep'), 'mine')
      },
      { code: 'usage', message: expect.stringContaining('out is not empty') as string },
    ],
    [
      'a file',
      (folder) => writeFileSync(folder, 'mine'),
      { code: 'usage', message: expect.stringContaining('is no folder') as string },
    ],
    [
      'a link',
      (folder) => symlinkSync('/nowhere', folder),
      { code: 'usage', message: expect.stringContaining('is no folder') as string },
    ],
    [
      'a folder below a file',
      (folder) => {
        writeFileSync(path.join(path.dirname(folder), 'file'), '')
        rmSync(folder, { force: true })
        symlinkSync(path.join(path.dirname(folder), 'file', 'x'), folder)
      },
      { code: 'usage' },
    ],
  ])('refuses %s and leaves everything as it was', async (_, prepare, error) => {
    const folder = path.join(base, 'out')
    prepare(folder)
    const before = readdirSync(base, { recursive: true })
    await expect(writeSetup(folder, FILES)).rejects.toMatchObject(error)
    expect(readdirSync(base, { recursive: true })).toEqual(before)
  })

  it('names what stands in the way of a new folder, and leaves nothing half done', async () => {
    writeFileSync(path.join(base, 'file'), '')
    await expect(writeSetup(path.join(base, 'file/out'), FILES)).rejects.toMatchObject({
      code: 'unreadable-input',
    })
    const clash: SetupFile = { path: 'STEPS.md/below', mode: 0o644, secret: false, text: '' }
    await expect(writeSetup(path.join(base, 'out'), [...FILES, clash])).rejects.toMatchObject({
      code: 'unreadable-input',
      message: expect.stringContaining('out cannot be written') as string,
    })
    expect(readdirSync(base)).toEqual(['file'])
  })
})
