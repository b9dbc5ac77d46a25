import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  attributesStep,
  backUp,
  fileStep,
  folderStep,
  locateFile,
  replaceFile,
  restore,
  sha256Of,
} from './index.js'

let root: string
let backups: string
const at = (path: string): string => join(root, path)
const text = (path: string): string => readFileSync(at(path), 'utf8')
const mode = (path: string): number => lstatSync(at(path)).mode & 0o7777

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rampart-files-'))
  backups = mkdtempSync(join(tmpdir(), 'rampart-backups-'))
  mkdirSync(at('/etc/app'), { recursive: true })
  writeFileSync(at('/etc/app/a.conf'), 'old\n')
  chmodSync(at('/etc/app/a.conf'), 0o640)
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
  rmSync(backups, { recursive: true, force: true })
})

describe('replaceFile', () => {
  it('keeps the mode and leaves nothing beside the file', async () => {
    await replaceFile({ root, path: '/etc/app/a.conf', bytes: Buffer.from('new\n') })
    expect(text('/etc/app/a.conf')).toBe('new\n')
    expect(mode('/etc/app/a.conf')).toBe(0o640)
    expect(readdirSync(at('/etc/app'))).toEqual(['a.conf'])
  })

  it.each([
    ['changed', 'was changed in the meantime', sha256Of('other')],
    ['there', 'is there already', 'absent'],
  ])('refuses a file that is %s against the plan', async (_, message, expected) => {
    const change = { root, path: '/etc/app/a.conf', bytes: Buffer.from('new'), expect: expected }
    await expect(replaceFile(change)).rejects.toThrow(`/etc/app/a.conf ${message}`)
    expect(text('/etc/app/a.conf')).toBe('old\n')
  })

  it('refuses a file that went away', async () => {
    const change = { root, path: '/etc/app/b.conf', bytes: Buffer.from('new'), expect: sha256Of('x') }
    await expect(replaceFile(change)).rejects.toThrow('/etc/app/b.conf is no longer there')
  })

  it('follows links inside the root only', async () => {
    symlinkSync('/etc/app/a.conf', at('/etc/link.conf'))
    await replaceFile({ root, path: '/etc/link.conf', bytes: Buffer.from('new\n') })
    expect(text('/etc/app/a.conf')).toBe('new\n')
    expect(lstatSync(at('/etc/link.conf')).isSymbolicLink()).toBe(true)
    symlinkSync('../../../../../../../../etc/nowhere-such', at('/etc/out'))
    await expect(replaceFile({ root, path: '/etc/out/x', bytes: Buffer.from('') })).rejects.toThrow(
      'cannot be reached',
    )
  })

  it.each([
    ['/etc/none/x', '/etc/none cannot be reached: it does not exist'],
    ['/etc/app', '/etc/app is a folder'],
  ])('names what is wrong with %s', async (path, message) => {
    await expect(replaceFile({ root, path, bytes: Buffer.from('') })).rejects.toThrow(message)
  })
})

const facl = (...args: readonly string[]): string =>
  execFileSync('getfacl', ['-c', '-p', ...args], { encoding: 'utf8' })
const withAcl = (path: string): boolean => {
  try {
    execFileSync('setfacl', ['-m', 'u:1234:r', at(path)], { stdio: 'ignore' })
    return true
  } catch {
    // No tool here, or a file system without lists.
    return false
  }
}

describe('what Node has no call for', () => {
  it('an access control list stays, with another mode too, and comes back', async (context) => {
    const path = '/etc/app/a.conf'
    if (!withAcl(path)) return context.skip()
    const before = facl(at(path))
    expect(before).toContain('user:1234:r--')
    const step = fileStep({ backups, root, path, bytes: Buffer.from('new\n') })
    await step.act()
    expect([text(path), facl(at(path))]).toEqual(['new\n', before])
    await step.undo?.(undefined)
    expect([text(path), facl(at(path))]).toEqual(['old\n', before])
    await replaceFile({ root, path, bytes: Buffer.from('new\n'), mode: 0o600 })
    expect(mode(path)).toBe(0o600)
    expect(facl(at(path))).toMatch(/user:1234:r--\s+#effective:---/)
    expect(readdirSync(at('/etc/app'))).toEqual(['a.conf'])
  })

  it('an extended attribute stays', async (context) => {
    const path = '/etc/app/a.conf'
    const tool = (name: string, ...args: readonly string[]): string =>
      execFileSync(name, [...args, at(path)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      tool('setfattr', '-n', 'user.rampart', '-v', 'kept')
    } catch {
      return context.skip()
    }
    if (!withAcl(path)) return context.skip()
    await replaceFile({ root, path, bytes: Buffer.from('new\n') })
    expect(tool('getfattr', '--absolute-names', '--only-values', '-n', 'user.rampart')).toBe('kept')
  })
})

describe('backUp and restore', () => {
  it('keeps the first state, whatever came after', async () => {
    await backUp(backups, root, '/etc/app/a.conf')
    await replaceFile({ root, path: '/etc/app/a.conf', bytes: Buffer.from('new'), mode: 0o600 })
    const backup = await backUp(backups, root, '/etc/app/a.conf')
    await restore(root, backup)
    expect([text('/etc/app/a.conf'), mode('/etc/app/a.conf')]).toEqual(['old\n', 0o640])
  })

  it('does not put a damaged copy in place', async () => {
    const backup = await backUp(backups, root, '/etc/app/a.conf')
    await replaceFile({ root, path: '/etc/app/a.conf', bytes: Buffer.from('new') })
    writeFileSync(backup.copy, 'damaged')
    await expect(restore(root, backup)).rejects.toThrow('is damaged')
    expect(text('/etc/app/a.conf')).toBe('new')
  })
})

describe('the steps', () => {
  it('write, check and undo a file that was there and one that was not', async () => {
    for (const path of ['/etc/app/a.conf', '/etc/app/new.conf']) {
      const step = fileStep({ backups, root, path, bytes: Buffer.from('new\n') })
      expect(await step.check()).toMatchObject({ holds: false })
      const kept = await step.act()
      expect(await step.check()).toEqual({ holds: true })
      await step.undo?.(kept)
      await step.undo?.(kept)
    }
    expect(text('/etc/app/a.conf')).toBe('old\n')
    expect(readdirSync(at('/etc/app'))).toEqual(['a.conf'])
  })

  it('undo of a step that never began changes nothing', async () => {
    await fileStep({ backups, root, path: '/etc/app/a.conf', bytes: Buffer.from('x') }).undo?.(undefined)
    await attributesStep({ backups, root, path: '/etc/app/a.conf', mode: 0o600 }).undo?.(undefined)
    expect([text('/etc/app/a.conf'), mode('/etc/app/a.conf')]).toEqual(['old\n', 0o640])
  })

  it('change a mode and change it back', async () => {
    const step = attributesStep({ backups, root, path: '/etc/app/a.conf', mode: 0o600 })
    await step.act()
    expect([mode('/etc/app/a.conf'), await step.check()]).toEqual([0o600, { holds: true }])
    await step.undo?.(undefined)
    expect(mode('/etc/app/a.conf')).toBe(0o640)
  })

  it('make a folder, and take it away only while it is empty', async () => {
    const step = folderStep({ root, path: '/etc/app/tls', mode: 0o700 })
    await step.act()
    writeFileSync(at('/etc/app/tls/theirs'), '')
    await step.undo?.(undefined)
    expect(text('/etc/app/tls/theirs')).toBe('')
    rmSync(at('/etc/app/tls/theirs'))
    await step.undo?.(undefined)
    expect((await locateFile(root, '/etc/app/tls')).there).toBeUndefined()
  })
})
