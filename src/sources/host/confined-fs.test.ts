import fc from 'fast-check'
import { expect, it } from 'vitest'
import { memoryFs, type MemoryFile } from './memory-fs.js'

const NAMES = ['a', 'b', 'c', '..', '.', '']

it('resolves any maze of links to a path without links, or says why not', async () => {
  const link = fc
    .array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 5 })
    .map((steps) => steps.join('/'))
  const place = fc.constantFrom('/a', '/b', '/a/b', '/b/a', '/c', '/c/a')
  const file = fc.oneof(
    fc.constant<MemoryFile>('text'),
    link.map((target): MemoryFile => ({ link: target === '' ? '/' : target })),
  )
  await fc.assert(
    fc.asyncProperty(fc.dictionary(place, file), link, async (files, path) => {
      const fs = memoryFs(files)
      const real = await fs.realPath(path)
      if (!real.ok) return
      expect(real.value).toMatch(/^\//)
      const stat = await fs.lstat(real.value)
      expect(stat.ok && stat.value.type).not.toBe('symlink')
      expect(await fs.realPath(real.value)).toEqual(real)
    }),
  )
})
