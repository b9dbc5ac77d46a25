import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findHostRoots, isHostRoot } from './host-roots.js'

let dir = ''

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-roots-'))
  for (const file of [
    'hosts/cp-1/etc/kubernetes/kubelet.conf',
    'hosts/build/proc/12/cmdline',
    'hosts/notes/readme.md',
    'worker/var/lib/kubelet/config.yaml',
    'a/b/c/etc/passwd',
    'manifests/etc/app.yaml',
    '.hidden/etc/passwd',
  ]) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true })
    writeFileSync(path.join(dir, file), '')
  }
})

afterAll(() => rmSync(dir, { recursive: true }))

it('finds roots two levels deep, in the order of their names', async () => {
  expect((await findHostRoots(dir)).map((root) => path.relative(dir, root))).toEqual([
    path.join('hosts', 'build'),
    path.join('hosts', 'cp-1'),
    'worker',
  ])
})

it('knows a root by what is below it', async () => {
  expect(await isHostRoot(path.join(dir, 'hosts/cp-1'))).toBe(true)
  expect(await findHostRoots(path.join(dir, 'hosts/cp-1'))).toEqual([path.join(dir, 'hosts/cp-1')])
  expect(await isHostRoot(path.join(dir, 'manifests'))).toBe(false)
  expect(await isHostRoot(path.join(dir, 'nothing'))).toBe(false)
  expect(await findHostRoots(path.join(dir, 'nothing'))).toEqual([])
})
