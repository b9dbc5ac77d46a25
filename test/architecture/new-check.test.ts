import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyProject } from '../kit/copy-project.js'

const root = path.resolve(import.meta.dirname, '../..')
const ID = 'kubelet-planted-setting'

describe('npm run new-check', () => {
  let copy: string
  const read = (file: string): string => readFileSync(path.join(copy, file), 'utf8')
  const newCheck = (...args: string[]): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, ['scripts/new-check.mjs', ...args], { cwd: copy, encoding: 'utf8' })

  beforeAll(() => {
    copy = copyProject('new-check')
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it.each([
    ['no id', ['kubelet'], 'name an area and an id'],
    ['an unknown area', ['kubelets', ID], '`kubelets` is no area'],
    ['a path as area', ['../checks/kubelet', ID], 'is no area'],
    ['an id of one word', ['kubelet', 'setting'], '`setting` is no id'],
    ['capitals', ['kubelet', 'kubelet-Setting'], 'is no id'],
    ['a path as id', ['kubelet', '../kubelet-setting'], 'is no id'],
    [
      'an id that exists',
      ['kubelet', 'kubelet-max-pods'],
      'exists already: src/checks/kubelet/kubelet-max-pods.ts',
    ],
  ])('refuses %s', (_name, args, message) => {
    const { status, stderr } = newCheck(...args)
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
    expect(status).toBe(2)
  })

  it('writes a check, a test with four red rows, the catalogue line and the page', () => {
    const { status, stderr } = newCheck('kubelet', ID)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(read('src/checks/catalogue.ts')).toContain(`from './kubelet/${ID}.js'`)
    expect(read(`docs/checks/${ID}.md`)).toContain(`\`${ID}\``)
    expect(read('docs/checks/index.md')).toContain(`${ID}.md`)

    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
    const report = path.join(copy, 'report.json')
    const file = `src/checks/kubelet/${ID}.test.ts`
    const args = [vitest, 'run', '--root', copy, '--reporter=json', `--outputFile=${report}`, file]
    expect(spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' }).status).toBe(1)
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { assertionResults: { title: string; status: string }[] }[]
    }
    const rows = testResults[0]!.assertionResults.filter(({ title }) => title.includes('TODO'))
    expect(rows.map(({ title, status: state }) => `${title.split(':')[0]!} ${state}`)).toEqual([
      'failing failed',
      'passing failed',
      'odd failed',
      'unknown failed',
    ])
  })
})
