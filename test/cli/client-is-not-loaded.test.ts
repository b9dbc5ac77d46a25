import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// A copy of the program without its client: what does not need one runs all the same.

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-without-client-'))
  cpSync('dist', folder, { recursive: true })
  const chunks = readdirSync(path.join(folder, 'chunks')).filter((name) => name.startsWith('client-'))
  expect(chunks.length).toBeGreaterThan(0)
  for (const chunk of chunks) rmSync(path.join(folder, 'chunks', chunk))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(folder, 'cli.js'), ...args], { encoding: 'utf8', timeout: 30_000 })

describe('commands that ask no cluster', () => {
  it.each([
    [['--help'], 0],
    [['doctor'], 0],
    [['checks', 'list'], 0],
    [['audit', 'examples/access', '--fail-on', 'none'], 0],
    [['can-i', 'list', 'pods', '-n', 'shop', '--as', 'alice', '-f', 'examples/access'], 0],
    [['api-resources'], 0],
  ])('%j runs without the client', (args, code) => {
    const { status, stderr } = run(...args)
    expect(stderr).not.toContain('Cannot find module')
    expect(status).toBe(code)
  })

  it('one that does, does not', () => {
    expect(run('audit', '--server', 'https://127.0.0.1:1').stderr).toMatch(/client-/)
  })
})
