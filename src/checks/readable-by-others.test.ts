import { expect, test } from 'vitest'
import { estateFrom } from '../sources/index.js'
import { readableByOthers } from './readable-by-others.js'

const file = (mode: number, uid = 0, gid = 0) => ({ text: 'x', mode, uid, gid })

test.each<[string, { text: string; mode: number; uid: number; gid: number }, boolean]>([
  ['root alone', file(0o600), false],
  ['the group of root', file(0o640), false],
  ['another group', file(0o640, 0, 1000), true],
  ['another group without the right', file(0o600, 0, 1000), false],
  ['another owner', file(0o600, 1000), true],
  ['everyone', file(0o604), true],
])('%s', async (_name, given, readable) => {
  const estate = await estateFrom({ hosts: { a: { files: { '/etc/kubernetes/pki/enc.yaml': given } } } })
  expect(readableByOthers(estate.hosts[0]!, '/etc/kubernetes/pki/enc.yaml')).toBe(readable)
})

test('folders above keep others out, and what was not seen is not known', async () => {
  const [host] = (
    await estateFrom({ hosts: { a: { files: { '/etc/kubernetes/pki/enc.yaml': file(0o644) } } } })
  ).hosts
  const closed = new Map(host!.files)
  const folder = closed.get('/etc/kubernetes/pki')!
  closed.set('/etc/kubernetes/pki', { ...folder, mode: 0o700 })
  expect(readableByOthers({ ...host!, files: closed }, '/etc/kubernetes/pki/enc.yaml')).toBe(false)
  closed.set('/etc/kubernetes/pki', { ...folder, mode: 0o710, gid: 1000 })
  expect(readableByOthers({ ...host!, files: closed }, '/etc/kubernetes/pki/enc.yaml')).toBe(false)
  closed.delete('/etc/kubernetes/pki')
  expect(readableByOthers({ ...host!, files: closed }, '/etc/kubernetes/pki/enc.yaml')).toBeUndefined()
  expect(readableByOthers(host!, '/etc/none')).toBeUndefined()
})
