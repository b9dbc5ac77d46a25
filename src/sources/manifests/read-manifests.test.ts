import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readManifests, type ManifestsRead } from './index.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-manifests-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (...parts: string[]): string => path.join(folder, ...parts)
const pod = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`
const names = ({ objects }: ManifestsRead): string[] => objects.map(({ ref }) => ref.name).sort()
const troubles = ({ problems }: ManifestsRead): string[] =>
  problems.map(({ code, level, place }) => `${level} ${code} ${path.relative(folder, place.file)}`)

function write(files: Record<string, string | Buffer>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(at(name)), { recursive: true })
    writeFileSync(at(name), text)
  }
}

describe('readManifests', () => {
  it('reads folders to the end of their tree, and only what may be a manifest', async () => {
    write({
      'a.yaml': pod('a'),
      'b.yml': pod('b'),
      'x/y/c.json': '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"}}',
      'D.YAML': pod('d'),
      'notes.txt': pod('no'),
      '.git/e.yaml': pod('no'),
      'node_modules/m/f.yaml': pod('no'),
      'values.yaml': 'image: x\n',
    })
    const read = await readManifests([folder])
    expect(names(read)).toEqual(['a', 'b', 'c', 'd'])
    expect(read.problems).toEqual([])
    expect(read.skipped).toBe(1)
    expect(read.summary).toEqual([{ kind: 'manifests', name: folder, objects: 4, files: 5, complete: false }])
  })

  it('reads a file that is named, whatever its ending, and each file once', async () => {
    write({ 'rendered.txt': pod('a'), 'x/b.yaml': pod('b') })
    symlinkSync(at('x/b.yaml'), at('x/link.yaml'))
    const read = await readManifests([at('rendered.txt'), at('x'), at('x/b.yaml')])
    expect(names(read)).toEqual(['a', 'b'])
    expect(read.problems).toEqual([])
  })

  it('reads globs', async () => {
    write({ 'a/one.yaml': pod('a'), 'b/one.yaml': pod('b'), 'b/two.yaml': pod('no') })
    expect(names(await readManifests([at('*', 'one.yaml')]))).toEqual(['a', 'b'])
    expect(troubles(await readManifests([at('*', 'three.yaml')]))).toEqual(['error unreadable */three.yaml'])
  })

  it('reads standard input, and gives its text again', async () => {
    const bytes = Buffer.from(`# é\n---\n${pod('a')}`)
    const stdin = Readable.from([...bytes].map((byte) => Buffer.from([byte])))
    const read = await readManifests(['-'], { stdin })
    expect(names(read)).toEqual(['a'])
    expect(read.objects.map(({ slice }) => read.texts.read(slice))).toEqual([pod('a')])
    expect(read.summary).toEqual([{ kind: 'manifests', name: '-', objects: 1, files: 1, complete: false }])
  })

  it('gives the text of an object again, from disk', async () => {
    write({ 'a.yaml': `# é\n---\n${pod('a')}---\n${pod('b')}` })
    const read = await readManifests([folder])
    expect(read.objects.map(({ slice }) => read.texts.read(slice))).toEqual([pod('a'), pod('b')])
    writeFileSync(at('a.yaml'), 'short')
    expect(read.objects.map(({ slice }) => read.texts.read(slice))).toEqual([undefined, undefined])
  })

  it('never opens a file for its text that it did not read', async () => {
    write({ 'a.yaml': pod('a'), 'secret.txt': 'hunter2' })
    const { texts, objects } = await readManifests([at('a.yaml')])
    const slice = { ...objects[0]!.slice, file: at('secret.txt'), length: 3 }
    expect(texts.read(slice)).toBeUndefined()
  })

  it('says so when a path holds no Kubernetes object', async () => {
    write({ 'values.yaml': 'a: 1\n' })
    expect(troubles(await readManifests([at('values.yaml')]))).toEqual(['warning unknown-format values.yaml'])
  })

  it('leaves out folders that something else reads', async () => {
    write({ 'a.yaml': pod('a'), 'host/b.yaml': pod('b') })
    expect(names(await readManifests([folder], { skipFolders: new Set([at('host')]) }))).toEqual(['a'])
  })
})

describe('files that cannot be read', () => {
  it('names what is missing, and reads the rest', async () => {
    write({ 'a.yaml': pod('a') })
    const read = await readManifests([at('missing.yaml'), at('a.yaml'), at('a.yaml', 'below')])
    expect(names(read)).toEqual(['a'])
    expect(troubles(read)).toEqual(['error unreadable missing.yaml', 'error unreadable a.yaml/below'])
  })

  it('follows links, but not in circles', async () => {
    write({ 'x/a.yaml': pod('a'), 'y/b.yaml': pod('b') })
    symlinkSync(folder, at('x', 'up'))
    symlinkSync(at('y'), at('x', 'z'))
    symlinkSync('self.yaml', at('self.yaml'))
    symlinkSync('nowhere', at('dangling.yaml'))
    const read = await readManifests([folder])
    expect(names(read)).toEqual(['a', 'b'])
    expect(troubles(read).sort()).toEqual([
      'error loop self.yaml',
      'error unreadable dangling.yaml',
      'warning loop x/up',
    ])
  })

  it('never opens pipes, sockets and devices', async () => {
    write({ 'a.yaml': pod('a') })
    execFileSync('mkfifo', [at('pipe.yaml')])
    symlinkSync('/dev/zero', at('zero.yaml'))
    const server = createServer().listen(at('socket.yaml'))
    const read = await readManifests([folder, at('pipe.yaml')])
    server.close()
    expect(names(read)).toEqual(['a'])
    expect(troubles(read).sort()).toEqual([
      'error not-a-file pipe.yaml',
      'error not-a-file socket.yaml',
      'error not-a-file zero.yaml',
    ])
  })

  it.skipIf(process.getuid?.() === 0)('names files and folders without permission', async () => {
    write({ 'a.yaml': pod('a'), 'b.yaml': pod('b'), 'c/d.yaml': pod('d') })
    chmodSync(at('b.yaml'), 0)
    chmodSync(at('c'), 0)
    const read = await readManifests([folder])
    chmodSync(at('c'), 0o700)
    expect(names(read)).toEqual(['a'])
    expect(troubles(read).sort()).toEqual(['error unreadable b.yaml', 'error unreadable c'])
  })

  it('goes on behind binary files and broken ones', async () => {
    write({ 'a.yaml': pod('a'), 'b.yaml': Buffer.from([0, 1, 2]), 'c.json': '{"a": ', 'd.yaml': pod('d') })
    const read = await readManifests([folder])
    expect(names(read)).toEqual(['a', 'd'])
    expect(troubles(read)).toEqual(['error not-text b.yaml', 'error syntax c.json'])
  })
})
