import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { copyProject } from '../kit/copy-project.js'

const CHECK = 'src/checks/kubelet/kubelet-max-pods.ts'
const PAGE = 'docs/checks/kubelet-max-pods.md'
const CATALOGUE = 'src/checks/catalogue.ts'

describe('npm run generate', () => {
  let copy: string
  const at = (file: string): string => path.join(copy, file)
  const read = (file: string): string => readFileSync(at(file), 'utf8')
  const generate = (...args: string[]): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, ['scripts/generate.mjs', ...args], { cwd: copy, encoding: 'utf8' })

  beforeAll(() => {
    copy = copyProject('generate')
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))
  beforeEach(() => expect(generate()).toMatchObject({ status: 0, stderr: '' }))

  it('has nothing to say when all is up to date', () => {
    expect(generate('--check')).toMatchObject({ status: 0, stderr: '' })
  })

  it.each([CATALOGUE, PAGE, 'docs/checks/index.md'])(
    'sees that %s was changed by hand, and mends it',
    (file) => {
      const before = read(file)
      appendFileSync(at(file), '\n// by hand\n')
      const { status, stderr } = generate('--check')
      expect(stderr).toContain(`out of date: ${file}`)
      expect(status).toBe(1)
      expect(generate().status).toBe(0)
      expect(read(file)).toBe(before)
    },
  )

  it('sees that a check changed, and writes its page anew', () => {
    const text = read(CHECK)
    writeFileSync(at(CHECK), text.replace(/title: '[^']*'/, "title: 'A planted title'"))
    expect(generate('--check').stderr).toContain(`out of date: ${PAGE}`)
    generate()
    expect(read(PAGE)).toContain('# A planted title\n')
    writeFileSync(at(CHECK), text)
  })

  it('removes the page of a check that is gone', () => {
    writeFileSync(at('docs/checks/kubelet-gone.md'), '# gone\n')
    expect(generate('--check').stderr).toContain('out of date: docs/checks/kubelet-gone.md')
    generate()
    expect(existsSync(at('docs/checks/kubelet-gone.md'))).toBe(false)
  })

  it('refuses a check whose id is not its file name', () => {
    const text = read(CHECK)
    writeFileSync(at(CHECK), text.replace("id: 'kubelet-max-pods'", "id: 'kubelet-other'"))
    const { status, stderr } = generate()
    expect(stderr).toBe(
      `generate: ${CHECK} holds the check kubelet-other: id and file name must be the same\n`,
    )
    expect(status).toBe(1)
    writeFileSync(at(CHECK), text)
  })
})
