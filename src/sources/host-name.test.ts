import { expect, it } from 'vitest'
import { memoryFs } from './host/index.js'
import { hostName } from './host-name.js'

it.each<[string, Record<string, string>, string, string[], string]>([
  ['its own name', { '/etc/hostname': 'node-1\n' }, '/mnt/a', [], 'node-1'],
  ['the folder', {}, '/mnt/a/', [], 'a'],
  ['the folder, where the file holds something else', { '/etc/hostname': '\u001b[31m x' }, '/mnt/a', [], 'a'],
  ['this machine without a name', {}, '/', [], 'this host'],
  ['a second copy', { '/etc/hostname': 'node-1' }, '/mnt/b', ['node-1'], 'node-1 (/mnt/b)'],
])('%s', async (_name, files, root, taken, expected) => {
  expect(await hostName(memoryFs(files), root, new Set(taken))).toBe(expected)
})
