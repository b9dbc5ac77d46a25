import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diskFs } from './disk-fs.js'
import type { HostFs } from './host-fs.js'

let dir = ''
let fs: HostFs

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-host-'))
  const root = path.join(dir, 'root')
  mkdirSync(path.join(root, 'etc/inner'), { recursive: true })
  writeFileSync(path.join(dir, 'outside'), 'outside')
  writeFileSync(path.join(root, 'etc/file'), 'inside', { mode: 0o640 })
  chmodSync(path.join(root, 'etc/file'), 0o640)
  writeFileSync(path.join(root, 'etc/binary'), Buffer.from([0xff, 0xfe, 0x00]))
  symlinkSync('/etc/file', path.join(root, 'absolute'))
  symlinkSync('../../../../outside', path.join(root, 'etc/escape'))
  symlinkSync(path.join(dir, 'outside'), path.join(root, 'etc/escape-absolute'))
  symlinkSync('/', path.join(root, 'etc/up'))
  symlinkSync('loop-b', path.join(root, 'loop-a'))
  symlinkSync('loop-a', path.join(root, 'loop-b'))
  symlinkSync('nothing', path.join(root, 'dangling'))
  symlinkSync(dir, path.join(root, 'folder-out'))
  execFileSync('mkfifo', [path.join(root, 'pipe')])
  fs = diskFs(root)
})

afterAll(() => rmSync(dir, { recursive: true }))

describe('a folder as a host', () => {
  it('follows absolute links from its own root', async () => {
    expect(await fs.readText('/absolute', 100)).toEqual({ ok: true, value: 'inside' })
    expect(await fs.realPath('/absolute')).toEqual({ ok: true, value: '/etc/file' })
    expect(await fs.readText('/etc/up/etc/up/etc/file', 100)).toEqual({ ok: true, value: 'inside' })
  })

  it.each([
    '/etc/escape',
    '/etc/escape-absolute',
    '/../outside',
    '/etc/../../outside',
    '/folder-out/outside',
    '/dangling',
    '/etc/file/below',
    '/no\0thing',
    `/${'x'.repeat(5000)}`,
  ])('finds nothing at %s', async (hostPath) => {
    expect(await fs.readText(hostPath, 100)).toEqual({ ok: false, refusal: 'missing' })
  })

  it('ends links in a circle', async () => {
    expect(await fs.readText('/loop-a', 100)).toEqual({ ok: false, refusal: 'loop' })
  })

  it('says mode and type, and does not follow the last link', async () => {
    const stat = await fs.lstat('/etc/file')
    expect(stat.ok && { type: stat.value.type, mode: stat.value.mode, size: stat.value.size }).toEqual({
      type: 'file',
      mode: 0o640,
      size: 6,
    })
    expect((await fs.lstat('/absolute')).ok && (await fs.readlink('/absolute'))).toEqual({
      ok: true,
      value: '/etc/file',
    })
  })

  it('never opens a pipe, a folder or a socket', async () => {
    const server = createServer()
    await new Promise<void>((done) => server.listen(path.join(dir, 'root/socket'), done))
    try {
      for (const name of ['/pipe', '/etc', '/socket']) {
        expect(await fs.readText(name, 100)).toEqual({ ok: false, refusal: 'not-a-file' })
      }
      const socket = await fs.lstat('/socket')
      expect(socket.ok && socket.value.type).toBe('socket')
    } finally {
      await new Promise((done) => server.close(done))
    }
  })

  it('refuses what is too large or no text', async () => {
    expect(await fs.readText('/etc/file', 5)).toEqual({ ok: false, refusal: 'too-large' })
    expect(await fs.readText('/etc/binary', 100)).toEqual({ ok: false, refusal: 'not-text' })
  })

  it('lists names in the order of their bytes', async () => {
    expect(await fs.readdir('/etc')).toEqual({
      ok: true,
      value: ['binary', 'escape', 'escape-absolute', 'file', 'inner', 'up'],
    })
    expect(await fs.readdir('/etc/file')).toEqual({ ok: false, refusal: 'missing' })
  })

  it('does not take the owners of a handful of copied files for those of a host', async () => {
    expect(await fs.keepsOwners()).toBe(false)
    expect(await diskFs('/').keepsOwners()).toBe(true)
  })
})
