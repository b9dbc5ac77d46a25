import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RampartError } from '../../model/index.js'
import { estateFrom } from '../inline.js'
import { isSnapshot, readSnapshot, snapshotLines, writeSnapshot } from './index.js'

const HEAD = '{"rampart":"snapshot","format":1}\n'
let dir = ''
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'rampart-snapshot-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function write(bytes: Buffer): string {
  const file = path.join(dir, 'x.rampart')
  writeFileSync(file, bytes)
  return file
}
const whole = (): ReturnType<typeof estateFrom> =>
  estateFrom({
    manifests: 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\nspec: {hostPID: true}\n',
    hosts: {
      'node-1': {
        files: { '/etc/passwd': 'root:x:0:0::/root:/bin/sh\n', '/etc/group': 'docker:x:9:ops\n' },
        processes: ['/usr/bin/kubelet --anonymous-auth=true'],
      },
    },
  })

describe('readSnapshot', () => {
  it('gives back what was written', async () => {
    const estate = await whole()
    const file = path.join(dir, 'whole.rampart')
    await writeSnapshot(estate, file)
    const parts = await readSnapshot(file)
    expect(await isSnapshot(file)).toBe(true)
    expect(parts.objects).toEqual(estate.objects)
    expect(parts.hosts).toEqual(estate.hosts)
    expect(parts.sources).toEqual(estate.sources)
  })

  it.each<[string, Buffer, RegExp]>([
    ['not gzip inside', Buffer.from([0x1f, 0x8b, 1, 2, 3]), /damaged/],
    ['nothing', gzipSync(''), /empty/],
    ['no JSON', gzipSync('\u0001\u0002 secret'), /line 1: a snapshot holds one JSON object/],
    ['another file', gzipSync('{"a":1}'), /not a snapshot/],
    ['a later layout', gzipSync('{"rampart":"snapshot","format":9}'), /layout 9/],
    ['an object without parts', gzipSync(`${HEAD}{"object":{"ref":5}}`), /line 2/],
    ['a host of wrong types', gzipSync(`${HEAD}{"host":{"name":5,"files":[{"path":"/a"}]}}`), /line 2/],
    ['a problem without place', gzipSync(`${HEAD}{"problem":{"x":1}}`), /line 2/],
    ['zeros without end', gzipSync(Buffer.alloc(80 * 1024 * 1024)), /longer than 64 MiB/],
  ])('refuses %s in one line', async (_name, bytes, message) => {
    const error = await readSnapshot(write(bytes)).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(RampartError)
    expect((error as RampartError).message).toMatch(message)
    expect((error as RampartError).message).not.toMatch(/\n|secret/)
  })

  it('never fails otherwise, wherever a snapshot is damaged', async () => {
    const lines = [...snapshotLines(await whole())]
    await fc.assert(
      fc.asyncProperty(
        fc.nat(lines.length - 1),
        fc.nat(),
        fc.constantFrom('0', '[]', '""', 'null', '{'),
        async (row, at, by) => {
          const line = lines[row] ?? ''
          const offset = at % line.length
          const damaged = lines.with(row, line.slice(0, offset) + by + line.slice(offset + 1)).join('')
          const answer = await readSnapshot(write(gzipSync(damaged))).catch((caught: unknown) => caught)
          expect(
            answer instanceof RampartError || Array.isArray((answer as { objects?: unknown }).objects),
          ).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })
})
